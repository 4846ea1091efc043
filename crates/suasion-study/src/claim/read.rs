//! The file of claims: parsed once, with every error in its place.

use serde::Deserialize;
use suasion_actors::{Crosswalk, MembershipRole, OrganisationId, Organisations, Period, StateId, TimeUnit};
use suasion_archive::problem::nearest;
use suasion_archive::{Location, Problem};
use suasion_panel::{Actors, Concept, measures};
use toml::Spanned;

use super::{Against, Claim, Fact, FactKind, Pass, Series, Test};
use crate::diagnosis::DiagnosisKind;
use crate::periodisation::Periodisations;
use crate::selector::Selector;
use crate::study::problem_of_toml;
use crate::verdict::Verdict;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    claim: Vec<RawClaim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClaim {
    id: Spanned<String>,
    says: String,
    #[serde(default)]
    by: Vec<RawSource>,
    #[serde(default)]
    pass: Option<String>,
    #[serde(default)]
    expect: Option<String>,
    #[serde(default)]
    group: String,
    #[serde(default)]
    note: String,
    test: Vec<Spanned<RawTest>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    key: String,
    #[serde(default)]
    place: String,
}

/// All keys that a test may have; which of them count depends on its kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTest {
    kind: String,
    // Measures.
    measure: Option<String>,
    measures: Option<Vec<String>>,
    concept: Option<String>,
    other_measure: Option<String>,
    with: Option<String>,
    with_measure: Option<String>,
    to: Option<String>,
    to_measures: Option<Vec<String>>,
    near: Option<String>,
    margin: Option<u8>,
    of: Option<String>,
    window: Option<String>,
    step: Option<String>,
    above: Option<String>,
    below: Option<String>,
    above_number: Option<f64>,
    below_number: Option<f64>,
    higher: Option<Vec<String>>,
    lower: Option<Vec<String>>,
    before: Option<String>,
    after: Option<String>,
    within: Option<String>,
    direction: Option<String>,
    // Facts.
    member: Option<String>,
    organisation: Option<String>,
    role: Option<String>,
    treaty: Option<String>,
    obligation: Option<String>,
    base: Option<String>,
    act: Option<String>,
    instrument: Option<String>,
    cameo: Option<String>,
    at_least: Option<usize>,
    during: Option<String>,
    #[serde(default = "yes")]
    holds: bool,
    // Others.
    diagnosis: Option<String>,
    periodisation: Option<String>,
    reason: Option<String>,
}

fn yes() -> bool {
    true
}

/// Kinds that the record alone cannot test.
const UNTESTABLE: [(&str, &str); 2] = [
    ("text", "it needs the doctrines' texts, which the user supplies"),
    ("untestable", "the record that it needs is not in the archive"),
];

const KINDS: [&str; 13] = [
    "fact",
    "level",
    "order",
    "change",
    "trend",
    "extremum",
    "break",
    "association",
    "response",
    "initiative",
    "diagnosis",
    "periodisation",
    "ledger",
];

/// Months before and after a date that count as near it, if the claim does not say.
const NEAR: u8 = 18;

/// What claims may refer to.
struct Known<'a> {
    actors: &'a Actors,
    period: &'a Period,
    organisations: &'a Organisations,
    periodisations: &'a Periodisations,
}

/// Reads a file of claims.
pub fn read(
    file: &str,
    text: &str,
    actors: &Actors,
    period: &Period,
    organisations: &Organisations,
    periodisations: &Periodisations,
) -> Result<Vec<Claim>, Problem> {
    let raw: RawFile = toml::from_str(text).map_err(|error| problem_of_toml(file, text, &error))?;
    let known = Known { actors, period, organisations, periodisations };
    let mut ids = std::collections::BTreeSet::new();
    raw.claim
        .into_iter()
        .map(|raw| {
            let place = |start: usize| Location::file(file).at_offset(text, start);
            if !ids.insert(raw.id.get_ref().clone()) {
                let message = format!("claim `{}` stands twice", raw.id.get_ref());
                return Err(Problem::new(message).at(place(raw.id.span().start)));
            }
            let id_start = raw.id.span().start;
            let id = raw.id.into_inner();
            let tests = raw
                .test
                .into_iter()
                .map(|test| {
                    let start = test.span().start;
                    known.test(test.into_inner()).map_err(|error| {
                        let problem = Problem::new(format!("claim `{id}`: {}", error.0)).at(place(start));
                        match error.1 {
                            Some(hint) => problem.hint(hint),
                            None => problem,
                        }
                    })
                })
                .collect::<Result<_, _>>()?;
            let pass = match raw.pass.as_deref() {
                None | Some("all") => Pass::All,
                Some("any") => Pass::Any,
                Some(other) => {
                    let message = format!("claim `{id}`: pass `{other}` is neither all nor any");
                    return Err(Problem::new(message).at(place(id_start)));
                }
            };
            let expect = match raw.expect.as_deref() {
                None => Verdict::WORDS[0],
                Some(written) => *Verdict::WORDS.iter().find(|word| **word == written).ok_or_else(|| {
                    let message = format!("claim `{id}`: expect `{written}` is not a verdict");
                    Problem::new(message)
                        .at(place(id_start))
                        .hint(format!("verdicts are {}", Verdict::WORDS.join(", ")))
                })?,
            };
            let by = raw.by.into_iter().map(|source| (source.key, source.place)).collect();
            Ok(Claim { id, says: raw.says, by, group: raw.group, note: raw.note, expect, pass, tests })
        })
        .collect()
}

/// A message and a hint.
type Wrong = (String, Option<String>);

fn wrong(message: impl Into<String>) -> Wrong {
    (message.into(), None)
}

fn needed<T>(value: Option<T>, key: &str, kind: &str) -> Result<T, Wrong> {
    value.ok_or_else(|| (format!("a test of kind `{kind}` needs `{key}`"), None))
}

impl Known<'_> {
    fn test(&self, raw: RawTest) -> Result<Test, Wrong> {
        if let Some((kind, reason)) = UNTESTABLE.iter().find(|(kind, _)| *kind == raw.kind) {
            let reason = raw.reason.unwrap_or_else(|| (*reason).to_owned());
            return Ok(Test::Untestable { kind: (*kind).to_owned(), reason });
        }
        match raw.kind.as_str() {
            "fact" => self.fact(&raw).map(Test::Fact),
            "level" => self.level(&raw),
            "order" => Ok(Test::Order {
                higher: self.list(&raw, raw.higher.as_ref(), "higher")?,
                lower: self.list(&raw, raw.lower.as_ref(), "lower")?,
            }),
            "change" => Ok(Test::Change {
                series: self.series(&raw, needed(raw.of.as_deref(), "of", &raw.kind)?)?,
                before: period(needed(raw.before.as_deref(), "before", &raw.kind)?)?,
                after: period(needed(raw.after.as_deref(), "after", &raw.kind)?)?,
                up: direction(&raw, "up", "down")?,
            }),
            "trend" => Ok(Test::Trend {
                series: self.series(&raw, needed(raw.of.as_deref(), "of", &raw.kind)?)?,
                rises: direction(&raw, "rises", "falls")?,
            }),
            "extremum" => Ok(Test::Extremum {
                series: self.series(&raw, needed(raw.of.as_deref(), "of", &raw.kind)?)?,
                within: period(needed(raw.within.as_deref(), "within", &raw.kind)?)?,
                lowest: direction(&raw, "lowest", "highest")?,
            }),
            "break" => {
                let near = needed(raw.near.as_deref(), "near", &raw.kind)?;
                Ok(Test::Break {
                    series: self.series(&raw, needed(raw.of.as_deref(), "of", &raw.kind)?)?,
                    near: near
                        .parse()
                        .map_err(|error: suasion_actors::date::DateError| wrong(error.to_string()))?,
                    margin: raw.margin.unwrap_or(NEAR),
                })
            }
            "association" => Ok(Test::Association {
                series: self.series(&raw, needed(raw.of.as_deref(), "of", &raw.kind)?)?,
                with: self.with(&raw)?,
                together: direction(&raw, "together", "against")?,
            }),
            "response" => Ok(Test::Response {
                series: self.series(&raw, needed(raw.of.as_deref(), "of", &raw.kind)?)?,
                impulse: self.impulse(&raw)?,
                positive: direction(&raw, "positive", "negative")?,
            }),
            "initiative" => Ok(Test::Initiative {
                answers: self.series(&raw, needed(raw.of.as_deref(), "of", &raw.kind)?)?,
                acts: self.series(&raw, needed(raw.to.as_deref(), "to", &raw.kind)?)?,
            }),
            "diagnosis" => {
                let name = needed(raw.diagnosis.as_deref(), "diagnosis", &raw.kind)?;
                DiagnosisKind::named(name).map(Test::Diagnosis).ok_or_else(|| {
                    let names = DiagnosisKind::ALL.map(DiagnosisKind::name);
                    (
                        format!("`{name}` is not a diagnosis"),
                        Some(format!("diagnoses are {}", names.join(", "))),
                    )
                })
            }
            "ledger" => {
                let (power, state) = pair_of(needed(raw.of.as_deref(), "of", &raw.kind)?)?;
                Ok(Test::Ledger { power, state })
            }
            "periodisation" => {
                let id = needed(raw.periodisation, "periodisation", &raw.kind)?;
                if self.periodisations.periodisations.iter().any(|known| known.id == id) {
                    return Ok(Test::Periodisation(id));
                }
                Err(wrong(format!("the study has no periodisation `{id}`")))
            }
            other => {
                let kinds: Vec<&str> = KINDS.into_iter().chain(UNTESTABLE.map(|(kind, _)| kind)).collect();
                let hint = nearest(other, kinds.iter().copied()).map_or_else(
                    || format!("kinds are {}", kinds.join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                Err((format!("`{other}` is not a kind of test"), Some(hint)))
            }
        }
    }

    fn level(&self, raw: &RawTest) -> Result<Test, Wrong> {
        let series = self.series(raw, needed(raw.of.as_deref(), "of", "level")?)?;
        let (against, above) = match (&raw.above, &raw.below, raw.above_number, raw.below_number) {
            (Some(other), None, None, None) => (Against::Series(self.other_series(raw, other)?), true),
            (None, Some(other), None, None) => (Against::Series(self.other_series(raw, other)?), false),
            (None, None, Some(bound), None) => (Against::Bound(bound), true),
            (None, None, None, Some(bound)) => (Against::Bound(bound), false),
            _ => {
                return Err(wrong(
                    "a test of kind `level` needs one of `above`, `below`, `above_number`, `below_number`",
                ));
            }
        };
        Ok(Test::Level { series, against, above })
    }

    fn list(&self, raw: &RawTest, list: Option<&Vec<String>>, key: &str) -> Result<Vec<Series>, Wrong> {
        let list = needed(list, key, &raw.kind)?;
        if list.is_empty() {
            return Err(wrong(format!("`{key}` is empty")));
        }
        list.iter().map(|selector| self.series(raw, selector)).collect()
    }

    fn series(&self, raw: &RawTest, selector: &str) -> Result<Series, Wrong> {
        let (measures, concept) = match (&raw.concept, &raw.measures, &raw.measure) {
            (Some(name), None, None) => {
                let concept = concept(name)?;
                (measures::all().filter(|measure| measure.concept == concept).collect(), Some(concept))
            }
            (None, Some(names), None) if !names.is_empty() => {
                (names.iter().map(|name| measure(name)).collect::<Result<_, _>>()?, None)
            }
            (None, None, Some(name)) => (vec![measure(name)?], None),
            _ => {
                return Err(wrong(format!(
                    "a test of kind `{}` needs one of `concept`, `measures`, `measure`",
                    raw.kind
                )));
            }
        };
        self.series_of(raw, selector, measures, concept)
    }

    /// The series that a level is compared with, of another measure if the test names one.
    fn other_series(&self, raw: &RawTest, selector: &str) -> Result<Series, Wrong> {
        match raw.other_measure.as_deref() {
            Some(name) => self.series_of(raw, selector, vec![measure(name)?], None),
            None => self.series(raw, selector),
        }
    }

    /// What an association is with: other dyads, or another measure of the same ones.
    fn with(&self, raw: &RawTest) -> Result<Series, Wrong> {
        let selector = raw.with.as_deref().or(raw.of.as_deref());
        let name = needed(raw.with_measure.as_deref(), "with_measure", &raw.kind)?;
        self.series_of(raw, needed(selector, "of", &raw.kind)?, vec![measure(name)?], None)
    }

    /// What is answered to: acts, unless the test names other measures.
    fn impulse(&self, raw: &RawTest) -> Result<Series, Wrong> {
        let selector = needed(raw.to.as_deref(), "to", &raw.kind)?;
        let names = raw.to_measures.clone().unwrap_or_else(|| vec!["acts".to_owned(), "log_acts".to_owned()]);
        let measures = names.iter().map(|name| measure(name)).collect::<Result<_, _>>()?;
        self.series_of(raw, selector, measures, None)
    }

    fn series_of(
        &self,
        raw: &RawTest,
        selector: &str,
        measures: Vec<&'static suasion_panel::Measure>,
        concept: Option<Concept>,
    ) -> Result<Series, Wrong> {
        let step = match raw.step.as_deref() {
            None => None,
            Some("year") => Some(TimeUnit::Year),
            Some("quarter") => Some(TimeUnit::Quarter),
            Some("month") => Some(TimeUnit::Month),
            Some(other) => return Err(wrong(format!("step `{other}` is not year, quarter or month"))),
        };
        Ok(Series {
            measures,
            concept,
            of: Selector::read(selector, self.actors).map_err(wrong)?,
            window: raw.window.as_deref().map_or(Ok(*self.period), period)?,
            step,
        })
    }

    fn fact(&self, raw: &RawTest) -> Result<Fact, Wrong> {
        let what = if let Some(state) = &raw.member {
            self.membership(raw, state)?
        } else if let Some(pair) = &raw.treaty {
            let (state, with) = pair_of(pair)?;
            let obligation = raw.obligation.as_deref().unwrap_or("none").parse().map_err(wrong)?;
            FactKind::Treaty { state, with, obligation, role: raw.role.clone() }
        } else if let Some(pair) = &raw.base {
            let (owner, host) = pair_of(pair)?;
            FactKind::Base { host, owner }
        } else {
            let of = raw.of.as_deref().unwrap_or("power>region");
            FactKind::Act {
                of: Selector::read(of, self.actors).map_err(wrong)?,
                instrument: raw.instrument.as_deref().map(str::parse).transpose().map_err(wrong)?,
                cameo: raw.cameo.clone(),
                id: raw.act.clone(),
                at_least: raw.at_least.unwrap_or(1),
            }
        };
        let during = raw.during.as_deref().map_or(Ok(*self.period), period)?;
        Ok(Fact { what, during, holds: raw.holds })
    }

    fn membership(&self, raw: &RawTest, state: &str) -> Result<FactKind, Wrong> {
        let organisation = needed(raw.organisation.as_deref(), "organisation", "fact")?;
        let id = OrganisationId::new(organisation).filter(|id| self.organisations.get(id).is_some());
        let role: Option<MembershipRole> = raw.role.as_deref().map(str::parse).transpose().map_err(wrong)?;
        Ok(FactKind::Membership {
            state: state_of(state)?,
            organisation: id.ok_or_else(|| {
                let near = nearest(organisation, self.organisations.iter().map(|known| known.id.as_str()));
                (
                    format!("`{organisation}` is not an organisation"),
                    near.map(|near| format!("did you mean `{near}`?")),
                )
            })?,
            role,
        })
    }
}

fn measure(name: &str) -> Result<&'static suasion_panel::Measure, Wrong> {
    measures::named(name).ok_or_else(|| {
        let near = nearest(name, measures::all().map(|measure| measure.name));
        (format!("`{name}` is not a measure"), near.map(|near| format!("did you mean `{near}`?")))
    })
}

fn concept(name: &str) -> Result<Concept, Wrong> {
    Concept::named(name).ok_or_else(|| {
        let names = Concept::ALL.map(Concept::name);
        let near = nearest(name, names.iter().copied());
        let hint = near.map_or_else(
            || format!("concepts are {}", names.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        (format!("`{name}` is not a concept"), Some(hint))
    })
}

fn state_of(text: &str) -> Result<StateId, Wrong> {
    Crosswalk::built_in().identify(text.trim()).map_err(|error| (error.to_string(), error.hint()))
}

fn pair_of(text: &str) -> Result<(StateId, StateId), Wrong> {
    let (first, second) =
        text.split_once('>').ok_or_else(|| wrong(format!("`{text}` is not a pair such as RUS>UZB")))?;
    Ok((state_of(first)?, state_of(second)?))
}

fn period(text: &str) -> Result<Period, Wrong> {
    text.parse().map_err(|error: suasion_actors::period::PeriodError| {
        (error.to_string(), Some(suasion_actors::period::PeriodError::HINT.to_owned()))
    })
}

fn direction(raw: &RawTest, yes: &str, no: &str) -> Result<bool, Wrong> {
    match needed(raw.direction.as_deref(), "direction", &raw.kind)? {
        written if written == yes => Ok(true),
        written if written == no => Ok(false),
        other => Err(wrong(format!("direction `{other}` is neither {yes} nor {no}"))),
    }
}
