//! Tests by their kind.

use suasion_archive::problem::nearest_or_all;

use super::raw::RawTest;
use super::{Known, Wrong, direction, needed, pair_of, period, wrong};
use crate::claim::{Against, Series, Test};
use crate::diagnosis::DiagnosisKind;

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

impl Known<'_> {
    pub(super) fn test(&self, raw: RawTest) -> Result<Test, Wrong> {
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
                    (format!("`{name}` is not a diagnosis"), Some(nearest_or_all(name, "diagnoses", &names)))
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
                Err((
                    format!("`{other}` is not a kind of test"),
                    Some(nearest_or_all(other, "kinds", &kinds)),
                ))
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
}
