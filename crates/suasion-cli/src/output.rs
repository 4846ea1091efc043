//! What is printed where: data on standard output, talk on standard error.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is where printing happens")]

use std::fs;
use std::io::Write;
use std::path::Path;

use comfy_table::presets::{ASCII_MARKDOWN, NOTHING};
use comfy_table::{ContentArrangement, Table};
use suasion_archive::Problem;

use crate::arguments::{Shared, TableFormat};

/// Says something beside the data.
pub(crate) fn tell(shared: &Shared, message: &str) {
    if !shared.quiet {
        eprintln!("{message}");
    }
}

/// Says what went wrong, where, and what might help.
pub(crate) fn tell_problem(problem: &Problem) {
    eprintln!("error: {problem}");
}

/// Writes data to standard output; a reader that closes its end early is no error.
pub(crate) fn data(bytes: &[u8]) -> Result<(), Problem> {
    match std::io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Problem::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a file, making its folder where there is none.
pub(crate) fn file(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| Problem::file("create", folder, &error))?;
    }
    fs::write(path, bytes).map_err(|error| Problem::file("write", path, &error))
}

/// Prints rows under a header in the asked format.
pub(crate) fn rows(format: TableFormat, header: &[&str], rows: &[Vec<String>]) -> Result<(), Problem> {
    let text = match format {
        TableFormat::Table => table(header, rows),
        TableFormat::Csv => csv(header, rows),
        TableFormat::Json => json(header, rows)?,
    };
    data(text.as_bytes())
}

fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.load_preset(if header.len() > 2 { ASCII_MARKDOWN } else { NOTHING });
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width());
    table.set_header(header.to_vec());
    for row in rows {
        table.add_row(row);
    }
    format!("{table}\n")
}

/// Columns of the terminal as the shell tells them; 100 where it does not.
pub(crate) fn width() -> u16 {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100)
}

fn csv(header: &[&str], rows: &[Vec<String>]) -> String {
    let quoted = |field: &str| {
        if field.contains([',', '"', '\n']) {
            format!("\"{}\"", field.replace('"', "\"\""))
        } else {
            field.to_owned()
        }
    };
    let line = |fields: &mut dyn Iterator<Item = &str>| fields.map(quoted).collect::<Vec<_>>().join(",");
    let mut text = line(&mut header.iter().copied()) + "\n";
    for row in rows {
        text += &(line(&mut row.iter().map(String::as_str)) + "\n");
    }
    text
}

fn json(header: &[&str], rows: &[Vec<String>]) -> Result<String, Problem> {
    let objects: Vec<serde_json::Map<String, serde_json::Value>> = rows
        .iter()
        .map(|row| {
            header.iter().zip(row).map(|(key, value)| ((*key).to_owned(), value.clone().into())).collect()
        })
        .collect();
    let text = serde_json::to_string_pretty(&objects)
        .map_err(|error| Problem::new(format!("cannot write JSON: {error}")))?;
    Ok(text + "\n")
}

/// Text broken at words to a width, each line but the first with an indent.
pub(crate) fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + word.chars().count() >= width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.join(&format!("\n{indent}"))
}
