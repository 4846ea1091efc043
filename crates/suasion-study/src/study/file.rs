//! The study file: parsed once, checked once, with every error in its place.

use std::collections::BTreeMap;

use serde::Deserialize;
use suasion_actors::{CodeScheme, Crosswalk, Period, StateId, region};
use suasion_archive::problem::{nearest, nearest_or_all};
use suasion_archive::{Location, Problem, Reports};
use suasion_methods::Seed;
use suasion_panel::Actors;
use toml::Spanned;

use super::capacity::{self, RawCapacity};
use super::{Allowed, Files, Override, Sources, Study, TableFile, Thresholds, overrides};
use crate::multiverse::Decision;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    study: RawStudy,
    #[serde(default)]
    sources: RawSources,
    #[serde(default)]
    files: RawFiles,
    #[serde(default)]
    thresholds: RawThresholds,
    #[serde(default)]
    decisions: BTreeMap<String, Spanned<Vec<String>>>,
    #[serde(default)]
    capacity: RawCapacity,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStudy {
    title: String,
    power: Spanned<String>,
    region: Spanned<RawRegion>,
    #[serde(default)]
    rivals: Vec<Spanned<String>>,
    period: Spanned<String>,
    #[serde(default)]
    pivots: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default = "default_seed")]
    seed: u64,
    #[serde(default)]
    version: String,
}

fn default_seed() -> u64 {
    1
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawRegion {
    Named(String),
    States(Vec<String>),
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawSources {
    events: Vec<String>,
    reports: Option<Spanned<String>>,
    votes: Vec<String>,
    ties: Vec<String>,
    flows: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawFiles {
    chronicle: Option<String>,
    ties: Option<String>,
    organisations: Option<String>,
    flows: BTreeMap<String, RawTable>,
    votes: BTreeMap<String, RawTable>,
    claims: Option<String>,
    periodisations: Option<String>,
    bibliography: Option<String>,
}

/// A path, or a path with words.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawTable {
    Path(String),
    Described {
        path: String,
        #[serde(default)]
        title: String,
        #[serde(default)]
        licence: String,
        #[serde(default)]
        note: String,
    },
}

impl RawTable {
    fn read(self) -> TableFile {
        match self {
            Self::Path(path) => TableFile::at(&path),
            Self::Described { path, title, licence, note } => TableFile { path, title, licence, note },
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawThresholds {
    significance: Option<Spanned<f64>>,
    confidence: Option<Spanned<f64>>,
    sign_share: Option<Spanned<f64>>,
    observations: Option<Spanned<usize>>,
    draws: Option<Spanned<usize>>,
}

/// A file's name and text, to place errors in.
pub(super) struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl Source<'_> {
    pub(super) fn problem<T>(&self, at: &Spanned<T>, message: impl Into<String>) -> Problem {
        Problem::new(message).at(Location::file(self.file).at_offset(self.text, at.span().start))
    }
}

fn reports(source: &Source<'_>, written: Option<&Spanned<String>>) -> Result<Reports, Problem> {
    let Some(written) = written else { return Ok(Reports::default()) };
    written.get_ref().parse().map_err(|hint: String| {
        source.problem(written, format!("`{}` is no way of counting reports", written.get_ref())).hint(hint)
    })
}

/// Reads a study file with values set on the command line.
pub fn read(file: &str, text: &str, changes: &[Override]) -> Result<Study, Problem> {
    let text = overrides::apply(file, text, changes)?;
    let name = if changes.is_empty() { file.to_owned() } else { format!("{file} (with --set)") };
    let source = Source { file: &name, text: &text };
    let raw: RawFile = toml::from_str(&text).map_err(|error| problem_of_toml(&name, &text, &error))?;
    let period: Period =
        raw.study.period.get_ref().parse().map_err(|error: suasion_actors::period::PeriodError| {
            source
                .problem(&raw.study.period, error.to_string())
                .hint(suasion_actors::period::PeriodError::HINT)
        })?;
    let actors = actors(&source, &raw.study, &period)?;
    let pivots = pivots(&source, raw.study.pivots.as_ref(), &actors, &period)?;
    let reports = reports(&source, raw.sources.reports.as_ref())?;
    Ok(Study {
        title: raw.study.title,
        pivots,
        period,
        seed: Seed::new(raw.study.seed),
        seed_value: raw.study.seed,
        version: raw.study.version,
        sources: Sources {
            events: raw.sources.events,
            reports,
            votes: raw.sources.votes,
            ties: raw.sources.ties,
            flows: raw.sources.flows,
        },
        files: Files {
            chronicle: raw.files.chronicle,
            ties: raw.files.ties,
            organisations: raw.files.organisations,
            flows: raw.files.flows.into_iter().map(|(name, table)| (name, table.read())).collect(),
            votes: raw.files.votes.into_iter().map(|(name, table)| (name, table.read())).collect(),
            claims: raw.files.claims,
            periodisations: raw.files.periodisations,
            bibliography: raw.files.bibliography,
        },
        thresholds: thresholds(&source, &raw.thresholds)?,
        allowed: allowed(&source, raw.decisions)?,
        capacity_weights: capacity::weights(&source, &raw.capacity)?,
        actors,
    })
}

fn actors(source: &Source<'_>, raw: &RawStudy, period: &Period) -> Result<Actors, Problem> {
    let state = |written: &Spanned<String>| {
        state_of(written.get_ref(), period)
            .map_err(|(message, hint)| placed(source.problem(written, message), hint))
    };
    let power = state(&raw.power)?;
    let region = match raw.region.get_ref() {
        RawRegion::Named(name) => region::named(name).map(<[StateId]>::to_vec).ok_or_else(|| {
            let names: Vec<&str> = region::built_in().keys().map(String::as_str).collect();
            let hint = nearest_or_all(name, "regions", &names);
            source.problem(&raw.region, format!("`{name}` is not a known region")).hint(hint)
        })?,
        RawRegion::States(states) => states
            .iter()
            .map(|text| {
                state_of(text, period)
                    .map_err(|(message, hint)| placed(source.problem(&raw.region, message), hint))
            })
            .collect::<Result<_, _>>()?,
    };
    let rivals: Vec<StateId> = raw.rivals.iter().map(state).collect::<Result<_, _>>()?;
    if region.is_empty() {
        return Err(source.problem(&raw.region, "the region is empty").hint("name at least one state"));
    }
    let clash = std::iter::once((power, &raw.power)).chain(rivals.iter().copied().zip(&raw.rivals));
    for (id, written) in clash {
        if region.contains(&id) {
            let message = format!("{id} is in the region and cannot also be a power toward it");
            return Err(source.problem(written, message));
        }
    }
    if let Some((_, written)) = rivals.iter().zip(&raw.rivals).find(|(id, _)| **id == power) {
        return Err(source.problem(written, format!("{power} cannot be its own rival")));
    }
    Ok(Actors { power, rivals, region })
}

fn pivots(
    source: &Source<'_>,
    raw: Option<&Spanned<Vec<Spanned<String>>>>,
    actors: &Actors,
    period: &Period,
) -> Result<Option<[StateId; 2]>, Problem> {
    let Some(raw) = raw else { return Ok(None) };
    let [first, second] = raw.get_ref().as_slice() else {
        let message = format!("pivots are two states, not {}", raw.get_ref().len());
        return Err(source.problem(raw, message));
    };
    let pivot = |written: &Spanned<String>| {
        let id = state_of(written.get_ref(), period)
            .map_err(|(message, hint)| placed(source.problem(written, message), hint))?;
        if actors.region.contains(&id) {
            return Ok(id);
        }
        Err(source.problem(written, format!("pivot {id} is not in the region")))
    };
    Ok(Some([pivot(first)?, pivot(second)?]))
}

fn thresholds(source: &Source<'_>, raw: &RawThresholds) -> Result<Thresholds, Problem> {
    let default = Thresholds::default();
    let share = |value: &Option<Spanned<f64>>, default: f64, name: &str| match value {
        None => Ok(default),
        Some(value) if (0.0..1.0).contains(value.get_ref()) && *value.get_ref() > 0.0 => Ok(*value.get_ref()),
        Some(value) => {
            Err(source.problem(value, format!("{name} is {}, but must lie between 0 and 1", value.get_ref())))
        }
    };
    let count = |value: &Option<Spanned<usize>>, default: usize, least: usize, name: &str| match value {
        None => Ok(default),
        Some(value) if *value.get_ref() >= least => Ok(*value.get_ref()),
        Some(value) => {
            Err(source.problem(value, format!("{name} is {}, but must be at least {least}", value.get_ref())))
        }
    };
    Ok(Thresholds {
        significance: share(&raw.significance, default.significance, "significance")?,
        sign_share: share(&raw.sign_share, default.sign_share, "sign_share")?,
        confidence: share(&raw.confidence, default.confidence, "confidence")?,
        observations: count(&raw.observations, default.observations, 2, "observations")?,
        draws: count(&raw.draws, default.draws, 99, "draws")?,
    })
}

fn allowed(source: &Source<'_>, raw: BTreeMap<String, Spanned<Vec<String>>>) -> Result<Allowed, Problem> {
    for (name, options) in &raw {
        if Decision::named(name).is_none() {
            let hint = nearest_or_all(name, "decisions", &Decision::ALL.map(Decision::name));
            return Err(source.problem(options, format!("`{name}` is not a decision")).hint(hint));
        }
        if options.get_ref().is_empty() {
            return Err(source.problem(options, format!("decision `{name}` has no option left")));
        }
    }
    Ok(Allowed { by_decision: raw.into_iter().map(|(name, options)| (name, options.into_inner())).collect() })
}

fn placed(problem: Problem, hint: Option<String>) -> Problem {
    match hint {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
}

/// A state by identity, or by any ISO alpha-3 code valid in the period, that existed in it.
fn state_of(text: &str, period: &Period) -> Result<StateId, (String, Option<String>)> {
    let crosswalk = Crosswalk::built_in();
    let id = crosswalk
        .identify(text)
        .or_else(|error| crosswalk.state(CodeScheme::IsoAlpha3, text, period.end()).map_err(|_| error))
        .map_err(|error| (error.to_string(), error.hint()))?;
    if crosswalk.existed_in(id, period) {
        return Ok(id);
    }
    Err((format!("{} ({id}) was not a state at any time in {period}", crosswalk.name(id)), None))
}

/// An error of the TOML reader in its place; an unknown key with the nearest known one.
pub(crate) fn problem_of_toml(file: &str, text: &str, error: &toml::de::Error) -> Problem {
    let location = Location::file(file);
    let location = match error.span() {
        Some(span) => location.at_offset(text, span.start),
        None => location,
    };
    let message = error.message().to_owned();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let hint = match (message.starts_with("unknown field"), quoted.split_first()) {
        (true, Some((written, known))) => {
            nearest(written, known.iter().copied()).map(|near| format!("did you mean `{near}`?"))
        }
        _ => None,
    };
    let message = match (message.starts_with("unknown field"), quoted.split_first()) {
        (true, Some((written, known))) => {
            format!("unknown key `{written}`; known here: {}", known.join(", "))
        }
        _ => message,
    };
    placed(Problem::new(message).at(location), hint)
}

/// A commented study file for a new study.
pub fn template(title: &str) -> String {
    format!(
        r#"# A study: who does what toward whom, when, and from which sources we know.
[study]
title  = "{title}"
power  = "CHN"                  # the outside power, as ISO 3166-1 alpha-3
region = "central-asia"         # a named region, or a list such as ["KAZ", "UZB"]
rivals = ["RUS", "USA", "TUR"]  # the powers beside it
period = "1992/2025"            # first and last year, month or day
pivots = ["KAZ", "UZB"]         # two states whose balance is examined (optional)
seed   = 1                      # all randomness comes from here

[sources]                       # names in order of preference
events = ["chronicle"]
votes  = ["un"]
ties   = ["chronicle"]
flows  = ["cow_trade"]

# Files of the study's own, beside this file. Without them the built-in tables are used.
# [files]
# chronicle      = "chronicle.csv"
# claims         = "claims.toml"
# periodisations = "periodisations.toml"
# bibliography   = "sources.bib"

# [thresholds]
# significance = 0.05           # level of tests
# confidence   = 0.95           # level of intervals
# sign_share   = 0.8            # share of specifications that must have the sign of a verdict
# observations = 6              # fewest observed steps in a claim's window
# draws        = 999            # resamples and relabellings

# Options that specifications of claims may take; without a line, all of them.
# [decisions]
# step    = ["year"]
# pooling = ["mean of states", "median of states"]

# Weights of the parts of influence capacity; without a line, all parts weigh the same.
# [capacity]
# bandwidth  = {{ trade = 2, organisations = 1, obligation = 1 }}
# dependence = {{ trade = 1, arms = 1 }}
"#
    )
}

#[cfg(test)]
mod tests {
    use suasion_methods::composite::CapacityWeights;

    use super::*;

    const GOOD: &str = "[study]\ntitle = \"T\"\npower = \"RUS\"\nregion = \"central-asia\"\nrivals = [\"CHN\"]\nperiod = \"1992/2025\"\n";

    fn problem(from: &str, to: &str) -> String {
        read("study.toml", &GOOD.replace(from, to), &[]).unwrap_err().to_string()
    }

    #[test]
    fn a_good_file_and_the_template_are_read() {
        assert_eq!(read("study.toml", GOOD, &[]).unwrap().actors.region.len(), 5);
        assert_eq!(read("new.toml", &template("A title"), &[]).unwrap().title, "A title");
    }

    #[test]
    fn errors_name_place_value_and_hint() {
        let unknown = problem("power", "powr");
        assert!(
            unknown.contains("`powr`")
                && unknown.contains("study.toml:3:1")
                && unknown.contains("did you mean `power`"),
            "{unknown}"
        );
        let state = problem("RUS", "RUZ");
        assert!(
            state.contains("study.toml:3:9") && state.contains("`RUZ`") && state.contains("hint"),
            "{state}"
        );
        let inverted = problem("1992/2025", "2025/1992");
        assert!(
            inverted.contains("ends before it begins") && inverted.contains("study.toml:6:10"),
            "{inverted}"
        );
        let gone = problem("CHN", "DDR");
        assert!(gone.contains("was not a state"), "{gone}");
        let region = problem("central-asia", "central-asa");
        assert!(region.contains("did you mean `central-asia`"), "{region}");
        assert!(problem("CHN", "KAZ").contains("is in the region"));
        assert!(problem("CHN", "RUS").contains("its own rival"));
    }

    #[test]
    fn decisions_are_known() {
        let text = format!("{GOOD}[decisions]\nstp = [\"year\"]\n");
        let error = read("s.toml", &text, &[]).unwrap_err().to_string();
        assert!(error.contains("did you mean `step`") && error.contains("s.toml:8"), "{error}");
        let study = read("s.toml", &text.replace("stp", "step"), &[]).unwrap();
        assert!(study.allowed.allows("step", "year") && !study.allowed.allows("step", "quarter"));
        assert!(study.allowed.allows("scale", "values"));
    }

    #[test]
    fn weights_of_capacity_are_read_and_checked() {
        let text = format!("{GOOD}[capacity]\nbandwidth = {{ trade = 2, obligation = 2 }}\n");
        let study = read("s.toml", &text, &[]).unwrap();
        assert_eq!(Some(study.capacity_weights), CapacityWeights::new([1.0, 0.0, 1.0], [1.0, 1.0]));
        let nothing = read("s.toml", &text.replace("= 2", "= 0"), &[]).unwrap_err().to_string();
        assert!(nothing.contains("weights of bandwidth"), "{nothing}");
        let negative = format!("{GOOD}[capacity]\ndependence = {{ trade = -1 }}\n");
        let error = read("s.toml", &negative, &[]).unwrap_err().to_string();
        assert!(error.contains("weights of dependence") && error.contains("s.toml:8:14"), "{error}");
    }

    #[test]
    fn thresholds_have_bounds() {
        let text = format!("{GOOD}[thresholds]\nsignificance = 2.0\n");
        assert!(read("s.toml", &text, &[]).unwrap_err().to_string().contains("between 0 and 1"));
    }
}
