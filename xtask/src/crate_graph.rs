//! The crates depend one way only, along the data's way through the program.

use std::collections::BTreeSet;
use std::error::Error;
use std::process::Command;

use serde::Deserialize;

/// Each crate with the crates of ours that it may use.
const ALLOWED: [(&str, &[&str]); 9] = [
    ("suasion-actors", &[]),
    ("suasion-methods", &[]),
    ("suasion-archive", &["suasion-actors"]),
    ("suasion-panel", &["suasion-actors", "suasion-archive", "suasion-methods"]),
    ("suasion-study", &["suasion-actors", "suasion-archive", "suasion-methods", "suasion-panel"]),
    (
        "suasion-report",
        &["suasion-actors", "suasion-archive", "suasion-methods", "suasion-panel", "suasion-study"],
    ),
    ("suasion-explorer", &["suasion-report", "suasion-study"]),
    (
        "suasion-cli",
        &[
            "suasion-actors",
            "suasion-archive",
            "suasion-panel",
            "suasion-study",
            "suasion-report",
            "suasion-explorer",
        ],
    ),
    ("xtask", &["suasion-actors", "suasion-archive"]),
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

/// Fails with every edge that is not allowed, and every crate that the list does not know.
pub(crate) fn check() -> Result<(), Box<dyn Error>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()?;
    let metadata: Metadata = serde_json::from_slice(&output.stdout)?;
    let wrong = violations(&metadata);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

fn violations(metadata: &Metadata) -> Vec<String> {
    let ours: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let mut wrong = Vec::new();
    for package in &metadata.packages {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package.name) else {
            wrong.push(format!("{} is not in the list of crates", package.name));
            continue;
        };
        for dependency in &package.dependencies {
            let used = dependency.kind.as_deref() != Some("dev") && ours.contains(dependency.name.as_str());
            if used && !allowed.contains(&dependency.name.as_str()) {
                wrong.push(format!("{} must not use {}", package.name, dependency.name));
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_depend_one_way() {
        check().unwrap();
    }

    #[test]
    fn a_wrong_edge_is_found() {
        let metadata = Metadata {
            packages: vec![
                Package {
                    name: "suasion-actors".to_owned(),
                    dependencies: vec![Dependency { name: "suasion-report".to_owned(), kind: None }],
                },
                Package { name: "suasion-report".to_owned(), dependencies: vec![] },
            ],
        };
        assert_eq!(violations(&metadata), ["suasion-actors must not use suasion-report"]);
    }
}
