//! Where a study's files are: compiled in, or in a folder.

use std::path::PathBuf;

use suasion_archive::{Location, Problem};

/// The built-in study's files, compiled into the program.
pub(super) const BUILT_IN_NAME: &str = "russia-central-asia";
macro_rules! built_in {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../../../studies/russia-central-asia/", $path)) as &[u8])),*]
    };
}
const BUILT_IN: &[(&str, &[u8])] = built_in![
    "study.toml",
    "chronicle.csv",
    "ties.csv",
    "organisations.csv",
    "figures/trade.csv",
    "figures/published_trade.csv",
    "figures/economy.csv",
    "figures/remittances.csv",
    "figures/migration.csv",
    "figures/education.csv",
    "figures/language.csv",
    "figures/energy.csv",
    "figures/assistance.csv",
    "figures/arms.csv",
    "figures/ideal_points.csv",
    "figures/votes.csv",
    "claims.toml",
    "periodisations.toml",
    "sources.bib",
];

/// Names of the built-in studies.
pub fn built_in_names() -> [&'static str; 1] {
    [BUILT_IN_NAME]
}

/// Where a study's files are.
#[derive(Debug, Clone)]
pub enum StudyFiles {
    /// Compiled into the program.
    BuiltIn,
    /// In the folder of a study file.
    Folder(PathBuf),
}

impl StudyFiles {
    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, Problem> {
        match self {
            Self::BuiltIn => BUILT_IN
                .iter()
                .find(|(name, _)| *name == path)
                .map(|(_, bytes)| bytes.to_vec())
                .ok_or_else(|| Problem::new(format!("the built-in study has no file `{path}`"))),
            Self::Folder(folder) => {
                let path = folder.join(path);
                std::fs::read(&path).map_err(|error| Problem::file("read", &path, &error))
            }
        }
    }

    pub(super) fn text(&self, path: &str) -> Result<String, Problem> {
        String::from_utf8(self.read(path)?).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            Problem::new(format!("the file is not valid UTF-8 from byte {valid} on"))
                .at(Location::file(self.shown(path)))
        })
    }

    /// The path as shown to the user.
    pub(super) fn shown(&self, path: &str) -> String {
        match self {
            Self::BuiltIn => format!("{BUILT_IN_NAME}/{path}"),
            Self::Folder(folder) => folder.join(path).display().to_string(),
        }
    }
}
