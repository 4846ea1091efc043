//! `suasion new`: a commented study file to start from.

use suasion_archive::Problem;
use suasion_study::study::template;

use crate::arguments::{New, Shared};
use crate::output;

/// Writes the file; one that is there already stays as it is.
pub(crate) fn run(options: &New, shared: &Shared) -> Result<(), Problem> {
    let path = options.name.join("study.toml");
    if path.exists() {
        return Err(Problem::new(format!("{} is there already", path.display())).hint("choose another name"));
    }
    let title = options
        .name
        .file_name()
        .map_or_else(|| "A study".into(), |name| name.to_string_lossy().replace(['-', '_'], " "));
    output::file(&path, template(&title).as_bytes())?;
    output::tell(shared, &format!("edit it, then run: suasion assess {}", path.display()));
    output::data(format!("{}\n", path.display()).as_bytes())
}
