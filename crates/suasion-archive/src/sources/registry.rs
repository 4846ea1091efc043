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

const SOURCES: [Description; 6] = [
    Description {
        name: "gdelt",
        title: "GDELT 1.0 events",
        version: "1.0",
        licence: "open, with citation and a link to gdeltproject.org",
        citations: &["leetaru-schrodt-2013"],
        note: "Coded by machine from the world's news: counts follow the press, and reports of one event repeat.",
    },
    Description {
        name: "gdelt_2",
        title: "GDELT 2.0 events",
        version: "2.0",
        licence: "open, with citation and a link to gdeltproject.org",
        citations: &["leetaru-schrodt-2013"],
        note: "Coded by machine from the world's news every quarter of an hour: counts follow the press, and reports of one event repeat.",
    },
    Description {
        name: "icews",
        title: "Integrated Crisis Early Warning System events",
        version: "",
        licence: "as its Dataverse page says; cite",
        citations: &["boschee-2015"],
        note: "Coded by machine from a fixed body of news; ends in April 2023.",
    },
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
