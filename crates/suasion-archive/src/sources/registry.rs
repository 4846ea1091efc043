//! The sources that suasion knows by name: what they are and on what terms they may be used.

/// A source as its publisher describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Description {
    /// Short name by which studies call it.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// The publisher's version; empty where the study's own version counts.
    pub version: &'static str,
    /// Terms of use.
    pub licence: &'static str,
    /// Citation keys, to be found in the study's bibliography.
    pub citations: &'static [&'static str],
    /// What a reader must know of how it selects.
    pub note: &'static str,
}

const SOURCES: [Description; 3] = [
    Description {
        name: "chronicle",
        title: "Chronicle of dated, cited acts and ties",
        version: "",
        licence: "CC BY 4.0",
        citations: &[],
        note: "Major acts as found in public sources in English and Russian: selected, not a census. \
               Counts of acts say as much about what is written up as about what was done.",
    },
    Description {
        name: "cow_trade",
        title: "Correlates of War Trade Data Set",
        version: "4.0",
        licence: "free to use with citation",
        citations: &["barbieri-keshk-2016", "barbieri-keshk-pollins-2009"],
        note: "Imports as reported by the importer, in current United States dollars; missing stays missing.",
    },
    Description {
        name: "un",
        title: "United Nations General Assembly Voting Data",
        version: "unvotes 0.3.0",
        licence: "MIT (as distributed in the R package unvotes)",
        citations: &["voeten-2013", "robinson-goguen-2021"],
        note: "Recorded roll calls only; resolutions adopted without a vote leave no trace, absence is no choice.",
    },
];

/// A known source by name.
pub fn describe(name: &str) -> Option<&'static Description> {
    SOURCES.iter().find(|source| source.name == name)
}
