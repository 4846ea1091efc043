//! `suasion panel`: the panel as a file, with its codebook beside it.

use std::path::{Path, PathBuf};

use suasion_archive::Problem;
use suasion_panel::{Cell, audit, codebook, write};
use suasion_study::assessment;

use super::open_study;
use crate::arguments::{Panel, PanelFormat, Shared, Unit};
use crate::output;

/// Writes panel and codebook, says what the audit counts.
pub(crate) fn run(options: &Panel, shared: &Shared) -> Result<(), Problem> {
    let opened = open_study(&options.study, shared)?;
    let panel = assessment::panel(&opened, options.by.into());
    let bytes = match options.format {
        PanelFormat::Csv => write::panel_csv(&panel)?.into_bytes(),
        PanelFormat::Parquet => write::to_parquet(&panel)?,
        PanelFormat::Arrow => write::to_arrow(&panel)?,
    };
    let path = options.out.clone().unwrap_or_else(|| default_path(options));
    let totals = audit::totals(&audit::audit(&panel));
    let counts: Vec<String> = Cell::STATUSES
        .iter()
        .zip(totals)
        .map(|(status, count)| format!("{count} {}", status.replace('_', " ")))
        .collect();
    output::tell(shared, &format!("cells: {}", counts.join(", ")));
    if panel.unplaced_events > 0 {
        let unit = options.by;
        output::tell(
            shared,
            &format!(
                "note: {} acts are dated too roughly for a {} and are in no cell",
                panel.unplaced_events,
                unit_name(unit)
            ),
        );
    }
    if path.as_os_str() == "-" {
        return output::data(&bytes);
    }
    let beside = path.with_extension("codebook.csv");
    output::file(&path, &bytes)?;
    output::file(&beside, write::codebook_csv(&codebook::codebook(&panel, &opened.inputs))?.as_bytes())?;
    output::data(format!("{}\n{}\n", path.display(), beside.display()).as_bytes())
}

fn unit_name(unit: Unit) -> &'static str {
    suasion_actors::TimeUnit::from(unit).name()
}

fn default_path(options: &Panel) -> PathBuf {
    let study = Path::new(&options.study.study);
    let stem = study.file_stem().map_or_else(|| "panel".into(), |stem| stem.to_string_lossy().into_owned());
    PathBuf::from(format!("{stem}-{}.{}", unit_name(options.by), options.format.extension()))
}
