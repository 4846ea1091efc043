//! From a code to a state on a date, and back.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::code::{CodeError, CodeScheme};
use crate::date::FactDate;
use crate::period::Period;
use crate::spell::Spell;
use crate::state::{State, StateId, StateSystem};

const STATES: &str = include_str!("../data/states.csv");
const CODES: &str = include_str!("../data/codes.csv");
const NOT_STATES: &str = include_str!("../data/not_states.csv");

/// When one code named one state; open ends mean no bound within the state's life.
#[derive(Debug, Clone)]
struct CodeSpell {
    scheme: CodeScheme,
    code: String,
    state: StateId,
    begin: Option<Date>,
    end: Option<Date>,
}

impl CodeSpell {
    fn holds(&self, day: Date) -> bool {
        self.begin.is_none_or(|begin| begin <= day) && self.end.is_none_or(|end| day <= end)
    }

    fn describe(&self) -> String {
        let bound = |date: Option<Date>| date.map_or_else(|| "…".to_owned(), |date| date.to_string());
        format!("for {} {} to {}", self.state, bound(self.begin), bound(self.end))
    }
}

/// All members of the state system since 1816 and their codes through time.
#[derive(Debug)]
pub struct Crosswalk {
    states: BTreeMap<StateId, State>,
    by_code: BTreeMap<(CodeScheme, String), Vec<CodeSpell>>,
    by_state: BTreeMap<(StateId, CodeScheme), Vec<CodeSpell>>,
    not_states: BTreeMap<(CodeScheme, String), String>,
}

impl Crosswalk {
    /// The table compiled into the program.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Crosswalk> = LazyLock::new(|| Crosswalk::read(STATES, CODES, NOT_STATES));
        &BUILT_IN
    }

    /// Reads the compiled-in tables. They are checked by this crate's tests, row by row, so that
    /// a row that does not parse cannot ship; here such a row would be passed over.
    fn read(states: &str, codes: &str, not_states: &str) -> Self {
        let mut crosswalk = Self {
            states: read_states(states),
            by_code: BTreeMap::new(),
            by_state: BTreeMap::new(),
            not_states: read_not_states(not_states),
        };
        for spell in read_codes(codes) {
            crosswalk.by_code.entry((spell.scheme, fold(&spell.code))).or_default().push(spell.clone());
            crosswalk.by_state.entry((spell.state, spell.scheme)).or_default().push(spell);
        }
        crosswalk
    }

    /// The state that a code named on a day.
    pub fn state(&self, scheme: CodeScheme, code: &str, day: Date) -> Result<StateId, CodeError> {
        let key = (scheme, fold(code));
        let Some(spells) = self.by_code.get(&key) else {
            if let Some(reason) = self.not_states.get(&key) {
                let (code, reason) = (code.to_owned(), reason.clone());
                return Err(CodeError::NotAState { scheme, code, reason });
            }
            return Err(CodeError::Unknown {
                scheme,
                code: code.to_owned(),
                nearest: self.nearest(scheme, code),
            });
        };
        spells.iter().find(|spell| spell.holds(day)).map(|spell| spell.state).ok_or_else(|| {
            CodeError::NotThen {
                scheme,
                code: code.to_owned(),
                date: day,
                used: spells.iter().map(CodeSpell::describe).collect::<Vec<_>>().join("; "),
            }
        })
    }

    /// The code that a state bore on a day.
    pub fn code(&self, state: StateId, scheme: CodeScheme, day: Date) -> Result<&str, CodeError> {
        self.by_state
            .get(&(state, scheme))
            .and_then(|spells| spells.iter().find(|spell| spell.holds(day)))
            .map(|spell| spell.code.as_str())
            .ok_or(CodeError::NoCode { scheme, state, date: day })
    }

    /// A state by its identity.
    pub fn get(&self, id: StateId) -> Option<&State> {
        self.states.get(&id)
    }

    /// A state's English short name, or its identity if unknown.
    pub fn name(&self, id: StateId) -> String {
        self.states.get(&id).map_or_else(|| id.to_string(), |state| state.name.clone())
    }

    /// A state by identity, checked.
    pub fn identify(&self, text: &str) -> Result<StateId, CodeError> {
        StateId::new(text).filter(|id| self.states.contains_key(id)).ok_or_else(|| CodeError::Unknown {
            scheme: CodeScheme::IsoAlpha3,
            code: text.to_owned(),
            nearest: self.nearest(CodeScheme::IsoAlpha3, text),
        })
    }

    /// Whether the state was a member of the state system on any day of the period.
    pub fn existed_in(&self, id: StateId, period: &Period) -> bool {
        self.states.get(&id).is_some_and(|state| state.existed_in(period))
    }

    /// All states, by identity.
    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.states.values()
    }

    /// Every code of a scheme with each state that it has named; none for what is not a state.
    pub fn codes(&self, scheme: CodeScheme) -> impl Iterator<Item = (&str, Option<StateId>)> {
        let named =
            self.by_code.range((scheme, String::new())..).take_while(move |((of, _), _)| *of == scheme);
        let named =
            named.flat_map(|(_, spells)| spells.iter().map(|spell| (spell.code.as_str(), Some(spell.state))));
        let others =
            self.not_states.range((scheme, String::new())..).take_while(move |((of, _), _)| *of == scheme);
        named.chain(others.map(|((_, code), _)| (code.as_str(), None)))
    }

    /// How many spells of codes the table holds.
    pub fn code_spells(&self) -> usize {
        self.by_state.values().map(Vec::len).sum()
    }

    fn nearest(&self, scheme: CodeScheme, code: &str) -> Option<String> {
        let wanted = fold(code);
        let distance = |candidate: &str| strsim::damerau_levenshtein(candidate, &wanted);
        let letters = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        // Swapped letters are the likelier slip than a wrong one.
        let slip = |candidate: &str| (distance(candidate), letters(candidate) != letters(&wanted));
        let by_name = |text: &str| {
            self.by_code
                .range((CodeScheme::ShortName, String::new())..)
                .find(|((of, name), _)| *of <= CodeScheme::Alias && name == text)
                .and_then(|(_, spells)| spells.last())
                .map(|spell| spell.state.to_string())
        };
        by_name(&wanted).or_else(|| {
            self.by_code
                .range((scheme, String::new())..)
                .take_while(|((of, _), _)| *of == scheme)
                .min_by_key(|((_, candidate), _)| slip(candidate))
                .filter(|((_, candidate), _)| distance(candidate) <= 1 + candidate.len() / 4)
                .and_then(|(_, spells)| spells.last())
                .map(|spell| spell.code.clone())
        })
    }
}

/// Codes compare without regard to case; numbers without leading zeros.
fn fold(code: &str) -> String {
    let code = code.trim();
    if !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()) {
        let stripped = code.trim_start_matches('0');
        return stripped.to_owned();
    }
    code.to_lowercase()
}

#[derive(Deserialize)]
struct StateRow {
    state: String,
    name: String,
    system: String,
    begin: String,
    end: String,
}

#[derive(Deserialize)]
struct CodeRow {
    state: String,
    scheme: String,
    code: String,
    begin: String,
    end: String,
}

fn begin_of(text: &str) -> Option<Date> {
    text.parse::<FactDate>().ok().map(FactDate::earliest)
}

fn end_of(text: &str) -> Option<Date> {
    text.parse::<FactDate>().ok().map(FactDate::latest)
}

fn read_states(text: &str) -> BTreeMap<StateId, State> {
    let mut states: BTreeMap<StateId, State> = BTreeMap::new();
    for row in csv::Reader::from_reader(text.as_bytes()).into_deserialize::<StateRow>() {
        let Ok(row) = row else { continue };
        let (Some(id), Some(begin)) = (StateId::new(&row.state), begin_of(&row.begin)) else {
            continue;
        };
        let Some(spell) = Spell::new(begin, end_of(&row.end)) else { continue };
        let state =
            states.entry(id).or_insert_with(|| State { id, name: row.name.clone(), spells: Vec::new() });
        if row.system != "gw" {
            state.spells.push((StateSystem::CorrelatesOfWar, spell));
        }
        if row.system != "cow" {
            state.spells.push((StateSystem::GleditschWard, spell));
        }
    }
    states
}

fn read_codes(text: &str) -> Vec<CodeSpell> {
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize::<CodeRow>()
        .filter_map(Result::ok)
        .filter_map(|row| {
            Some(CodeSpell {
                scheme: row.scheme.parse().ok()?,
                code: row.code,
                state: StateId::new(&row.state)?,
                begin: begin_of(&row.begin),
                end: end_of(&row.end),
            })
        })
        .collect()
}

#[derive(Deserialize)]
struct NotStateRow {
    scheme: String,
    code: String,
    reason: String,
}

fn read_not_states(text: &str) -> BTreeMap<(CodeScheme, String), String> {
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize::<NotStateRow>()
        .filter_map(Result::ok)
        .filter_map(|row| Some(((row.scheme.parse().ok()?, fold(&row.code)), row.reason)))
        .collect()
}
