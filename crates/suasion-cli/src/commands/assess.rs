//! `suasion assess`: the main job.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use suasion_archive::Problem;
use suasion_report::{Figure, Report, render, tables};

use super::{assess_study, open_study};
use crate::arguments::{Assess, Shared, StudyArguments};
use crate::output;

/// Folder for the page where none is named.
const DEFAULT_FOLDER: &str = "suasion-report";

/// Assesses the study, writes the report, prints the bottom line.
pub(crate) fn run(options: &Assess, shared: &Shared) -> Result<(), Problem> {
    let opened = open_study(&options.study, shared)?;
    let assessment = assess_study(&opened, shared)?;
    let report = Report::of(&assessment, &command(&options.study));
    let page = match &options.out {
        Some(folder) => write_all(&report, folder)?,
        None => write_page(&report, &options.study.study)?,
    };
    output::data(bottom_line(&report, &page).as_bytes())
}

/// The command that gives the same bytes; threads and folders do not matter to it.
pub(crate) fn command(study: &StudyArguments) -> String {
    let name = Path::new(&study.study)
        .file_name()
        .map_or_else(|| study.study.clone(), |name| name.to_string_lossy().into_owned());
    if study.set.is_empty() {
        format!("suasion assess {name}")
    } else {
        format!("suasion assess {name} --set … ({} values set)", study.set.len())
    }
}

fn write_page(report: &Report<'_>, study: &str) -> Result<PathBuf, Problem> {
    let stem = Path::new(study)
        .file_stem()
        .map_or_else(|| "report".into(), |stem| stem.to_string_lossy().into_owned());
    let path = Path::new(DEFAULT_FOLDER).join(format!("{stem}.html"));
    output::file(&path, render::html::page(report).as_bytes())?;
    Ok(path)
}

fn write_all(report: &Report<'_>, folder: &Path) -> Result<PathBuf, Problem> {
    let page = folder.join("report.html");
    output::file(&page, render::html::page(report).as_bytes())?;
    output::file(&folder.join("report.md"), render::markdown::page(report).as_bytes())?;
    let (figures, curves) = (report.figures(), report.curves());
    let all = figures.par_iter().chain(&curves);
    all.try_for_each(|figure| write_figure(figure, &folder.join("figures")))?;
    for (name, text) in tables::all(report)? {
        output::file(&folder.join("tables").join(name), text.as_bytes())?;
    }
    Ok(page)
}

fn write_figure(figure: &Figure, folder: &Path) -> Result<(), Problem> {
    let path = |extension: &str| folder.join(format!("{}.{extension}", figure.name));
    output::file(&path("svg"), figure.svg().as_bytes())?;
    output::file(&path("png"), &figure.png()?)?;
    output::file(&path("pdf"), &figure.pdf()?)
}

fn bottom_line(report: &Report<'_>, page: &Path) -> String {
    let width = usize::from(output::width()).clamp(40, 110);
    let line = &report.bottom_line;
    let mut text =
        format!("{}\n{}\n\n{}\n", report.title, output::wrapped(&report.subtitle, width, ""), line.claims);
    for (question, sentence, _) in &line.diagnoses {
        let answer = output::wrapped(sentence, width - 4, "    ");
        // Writing to a text cannot fail.
        let _ = write!(text, "\n  {question}\n    {answer}\n");
    }
    let shown = page.canonicalize().unwrap_or_else(|_| page.to_owned());
    let _ = write!(text, "\nReport: {}\n", shown.display());
    text
}
