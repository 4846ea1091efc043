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

/// Sources of which one file holds everything, so that a later one takes an earlier one's place
/// whatever its name.
const WHOLE: [&str; 8] = [
    "un_digital_library",
    "voeten",
    "unvotes",
    "atop",
    "atop_directed",
    "atop_members",
    "correlates_of_war_contiguity",
    "voeten_ideal_points",
];

/// Whether one file holds everything of a source.
pub fn is_whole(name: &str) -> bool {
    WHOLE.contains(&name)
}

const SOURCES: [Description; 19] = [
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
        name: "gdelt_2_translated",
        title: "GDELT 2.0 events, translated feed",
        version: "2.0",
        licence: "open, with citation and a link to gdeltproject.org",
        citations: &["leetaru-schrodt-2013"],
        note: "Coded by machine from machine translations of the world's news: counts follow the press, and reports of one event repeat.",
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
        name: "polecat",
        title: "Political Event Classification, Attributes, and Types (POLECAT)",
        version: "",
        licence: "as its Dataverse page says; cite",
        citations: &["halterman-2023"],
        note: "Coded by machine in PLOVER from news in seven languages, from 2018 on; takes the place of ICEWS, with other codes, another scale and other news: the two do not make one series.",
    },
    Description {
        name: "un_digital_library",
        title: "United Nations Digital Library: General Assembly voting data",
        version: "",
        licence: "as the United Nations' terms of use say; cite",
        citations: &["un-digital-library-votes"],
        note: "Adopted resolutions with a recorded vote; paragraphs, amendments and drafts that failed are not in it. Neither issues nor important votes are marked.",
    },
    Description {
        name: "voeten",
        title: "United Nations General Assembly Voting Data (Voeten, Strezhnev, Bailey)",
        version: "",
        licence: "CC0, as its Dataverse page says; cite",
        citations: &["voeten-2013", "bailey-strezhnev-voeten-2017"],
        note: "Recorded roll calls only, also on paragraphs and amendments; resolutions adopted without a vote leave no trace.",
    },
    Description {
        name: "unvotes",
        title: "United Nations General Assembly Voting Data, as in the R package unvotes",
        version: "",
        licence: "MIT",
        citations: &["voeten-2013", "robinson-goguen-2021"],
        note: "Recorded roll calls only; resolutions adopted without a vote leave no trace, and absent members none either.",
    },
    Description {
        name: "atop",
        title: "Alliance Treaty Obligations and Provisions, by pair and year",
        version: "5",
        licence: "free to use with citation",
        citations: &["leeds-2002"],
        note: "Obligations by treaty text, to 2018.",
    },
    Description {
        name: "atop_directed",
        title: "Alliance Treaty Obligations and Provisions, by directed dyad and year",
        version: "5",
        licence: "free to use with citation",
        citations: &["leeds-2002"],
        note: "Obligations by treaty text, to 2018, in both directions.",
    },
    Description {
        name: "atop_members",
        title: "Alliance Treaty Obligations and Provisions, members",
        version: "5",
        licence: "free to use with citation",
        citations: &["leeds-2002"],
        note: "Members of alliances with the days of entry and exit, to 2018.",
    },
    Description {
        name: "correlates_of_war_states",
        title: "Correlates of War state system and major powers",
        version: "2016",
        licence: "free to use with citation",
        citations: &["correlates-of-war-2017"],
        note: "Membership in the system of states and standing as a major power, to 2016.",
    },
    Description {
        name: "correlates_of_war_contiguity",
        title: "Correlates of War Direct Contiguity",
        version: "3.2",
        licence: "free to use with citation",
        citations: &["stinnett-2002"],
        note: "Borders on land and across water, to 2016.",
    },
    Description {
        name: "imf_trade",
        title: "International Trade in Goods by partner country (formerly Direction of Trade Statistics)",
        version: "",
        licence: "as the International Monetary Fund's terms of use say; cite",
        citations: &["imf-trade-in-goods"],
        note: "Reported and estimated trade in goods; the two reporters of one flow rarely agree.",
    },
    Description {
        name: "sipri",
        title: "SIPRI Arms Transfers Database",
        version: "",
        licence: "free for research and media use with citation; not to be passed on in whole",
        citations: &["sipri-arms-transfers"],
        note: "Volumes of major arms in trend indicator values, not money.",
    },
    Description {
        name: "world_bank",
        title: "World Development Indicators and other indicators of the World Bank",
        version: "",
        licence: "CC BY 4.0",
        citations: &["world-bank-indicators"],
        note: "Indicators by state and year; revised with every release.",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::Bibliography;
    use crate::sources::layout::LAYOUTS;
    use crate::sources::mapping::Mapping;

    #[test]
    fn every_layout_is_described_and_can_be_cited() {
        let works = Bibliography::of_sources();
        for layout in LAYOUTS {
            assert!(describe(layout.source).is_some(), "{}", layout.source);
        }
        let described = SOURCES.iter().flat_map(|known| known.citations.iter().map(ToString::to_string));
        let mapped = Mapping::built_in().into_iter().map(|mapping| mapping.citation);
        for key in described.chain(mapped) {
            assert!(works.get(&key).is_some(), "{key}");
        }
    }
}
