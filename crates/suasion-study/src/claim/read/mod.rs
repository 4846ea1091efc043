//! The file of claims: parsed once, with every error in its place.

mod fact;
mod kind;
mod raw;
mod series;

use suasion_actors::{Crosswalk, Organisations, Period, StateId};
use suasion_archive::{Location, Problem};
use suasion_panel::Actors;

use self::raw::{RawClaim, RawFile, RawTest};
use super::{Claim, Pass};
use crate::periodisation::Periodisations;
use crate::study::problem_of_toml;
use crate::verdict::Verdict;

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
    let place = |start: usize| Location::file(file).at_offset(text, start);
    let mut ids = std::collections::BTreeSet::new();
    raw.claim
        .into_iter()
        .map(|raw| {
            let start = raw.id.span().start;
            if !ids.insert(raw.id.get_ref().clone()) {
                let message = format!("claim `{}` stands twice", raw.id.get_ref());
                return Err(Problem::new(message).at(place(start)));
            }
            claim(raw, &known, &place)
        })
        .collect()
}

fn claim(raw: RawClaim, known: &Known<'_>, place: &dyn Fn(usize) -> Location) -> Result<Claim, Problem> {
    let start = raw.id.span().start;
    let id = raw.id.into_inner();
    let told = |(message, hint): Wrong, start: usize| {
        let problem = Problem::new(format!("claim `{id}`: {message}")).at(place(start));
        match hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    };
    let tests = raw
        .test
        .into_iter()
        .map(|test| {
            let start = test.span().start;
            known.test(test.into_inner()).map_err(|wrong| told(wrong, start))
        })
        .collect::<Result<_, _>>()?;
    let pass = pass(raw.pass.as_deref()).map_err(|wrong| told(wrong, start))?;
    let expect = expect(raw.expect.as_deref()).map_err(|wrong| told(wrong, start))?;
    let by = raw.by.into_iter().map(|source| (source.key, source.place)).collect();
    Ok(Claim { id, says: raw.says, by, group: raw.group, note: raw.note, expect, pass, tests })
}

fn pass(written: Option<&str>) -> Result<Pass, Wrong> {
    match written {
        None | Some("all") => Ok(Pass::All),
        Some("any") => Ok(Pass::Any),
        Some(other) => Err(wrong(format!("pass `{other}` is neither all nor any"))),
    }
}

fn expect(written: Option<&str>) -> Result<&'static str, Wrong> {
    let Some(written) = written else { return Ok(Verdict::WORDS[0]) };
    Verdict::WORDS.into_iter().find(|word| *word == written).ok_or_else(|| {
        (
            format!("expect `{written}` is not a verdict"),
            Some(format!("verdicts are {}", Verdict::WORDS.join(", "))),
        )
    })
}

/// A message and a hint.
type Wrong = (String, Option<String>);

fn wrong(message: impl Into<String>) -> Wrong {
    (message.into(), None)
}

fn needed<T>(value: Option<T>, key: &str, kind: &str) -> Result<T, Wrong> {
    value.ok_or_else(|| (format!("a test of kind `{kind}` needs `{key}`"), None))
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
