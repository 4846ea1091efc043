//! Alliance Treaty Obligations and Provisions (Leeds and others 2002, release 5): obligations by
//! pair of states and year, and members of alliances with the days of their entry and exit.
//!
//! Years of one pair with the same obligations become one tie. What still holds in the last year
//! of the release has no known end; the coverage ends with the release.

use std::io::Read;

use csv::ByteRecord;
use suasion_actors::{CodeScheme, FactDate, OrganisationId, Period, StateId};

use super::coded::States;
use super::layout::{Layout, Published, Reader, has_columns};
use super::rows::{self, Content, Rows};
use crate::input::Records;
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::{Sources, Tie, TieKind};

/// Obligations by pair and year, in the publisher's layout and in that of peacesciencer.
pub(super) const DYADS: Layout = Layout {
    source: "atop",
    in_name: "",
    recognises: |start| obliged(start) && PAIRS[..2].iter().any(|(a, b)| has_columns(start, &[a, b, "year"])),
    reader: Reader::Ties(dyads),
};

/// The publisher's table of both directions, kept apart: it repeats the other.
pub(super) const DIRECTED: Layout = Layout {
    source: "atop_directed",
    in_name: "",
    recognises: |start| obliged(start) && has_columns(start, &[PAIRS[2].0, PAIRS[2].1, "year"]),
    reader: Reader::Ties(dyads),
};

/// Members of alliances.
pub(super) const MEMBERS: Layout = Layout {
    source: "atop_members",
    in_name: "",
    recognises: |start| has_columns(start, &["atopid", "member", "yrent", "yrexit"]),
    reader: Reader::Ties(members),
};

/// The last year that release 5 speaks for.
const LAST_YEAR: i16 = 2018;
const CITATION: &str = "leeds-2002";
const PAIRS: [(&str, &str); 3] = [("ccode1", "ccode2"), ("mem1", "mem2"), ("stateA", "stateB")];
/// Columns of obligations (without the `atop_` that peacesciencer puts before them) and roles.
const OBLIGATIONS: [(&str, &str); 5] = [
    ("defense", "defence"),
    ("offense", "offence"),
    ("neutral", "neutrality"),
    ("nonagg", "nonaggression"),
    ("consul", "consultation"),
];

fn obliged(start: &[u8]) -> bool {
    has_columns(start, &["atop_defense", "atop_consul"])
        || has_columns(start, &["atopally", "defense", "consul"])
}

/// Positions of the obligations' columns, as far as the file has them.
fn obligations(records: &Records<'_>) -> Vec<(usize, &'static str)> {
    OBLIGATIONS
        .iter()
        .filter_map(|(column, role)| {
            let place = records.column(&format!("atop_{column}")).or_else(|| records.column(column))?;
            Some((place, *role))
        })
        .collect()
}

fn roles(record: &ByteRecord, places: &[(usize, &'static str)]) -> Result<Vec<String>, Refusal> {
    let mut roles = Vec::new();
    for (place, role) in places {
        let flag = rows::field(record, *place);
        match rows::whole(flag) {
            Some(0) => {}
            Some(1..) => roles.push((*role).to_owned()),
            _ => {
                let flag = String::from_utf8_lossy(flag);
                return Err(Refusal::new("obligation", &flag, format!("{role} is neither 0 nor 1")));
            }
        }
    }
    Ok(roles)
}

/// Years of one pair with the same obligations.
#[derive(Debug, Clone, PartialEq)]
struct Spell {
    line: u64,
    state: StateId,
    counterpart: StateId,
    roles: Vec<String>,
    first: i16,
    last: i16,
}

impl Spell {
    fn continues(&self, other: &Self) -> bool {
        (self.state, self.counterpart, &self.roles) == (other.state, other.counterpart, &other.roles)
            && other.first == self.last + 1
    }

    fn into_tie(self, source_name: &str) -> Tie {
        Tie {
            source_name: source_name.to_owned(),
            line: self.line,
            state: self.state,
            kind: TieKind::Treaty { counterpart: self.counterpart, roles: self.roles },
            signed: None,
            begin: FactDate::Year(self.first),
            end: (self.last < LAST_YEAR).then_some(FactDate::Year(self.last)),
            description: String::new(),
            sources: Sources { first: (CITATION.to_owned(), String::new()), second: None },
        }
    }
}

fn dyads(input: &mut dyn Read, of: &Published<'_>, rows: &mut dyn Rows<Tie>) -> Result<(), Problem> {
    let mut records = Records::new(of.file, input, b',')?;
    let pair = PAIRS.iter().find_map(|(a, b)| Some((records.column(a)?, records.column(b)?)));
    let (first, second) = pair.ok_or_else(|| Problem::new(format!("{} names no pair of states", of.file)))?;
    let (year, places) = (records.required("year")?, obligations(&records));
    let width = records.header().len();
    let mut states = States::new(CodeScheme::CowNumber);
    let mut open: Option<Spell> = None;
    while let Some((line, record)) = records.advance()? {
        let read = spell(line, record, width, (first, second, year), &places, &mut states);
        let content = match read {
            Err(refusal) => Err(refusal),
            Ok(next) => {
                rows.covers(Period::of_year(next.first));
                // A pair without obligations, or that nobody asked for, ends what stood before.
                if next.roles.is_empty() || !rows.keeps(&next.clone().into_tie(of.source)) {
                    rows.completed(open.take().map(|done| done.into_tie(of.source)).into_iter().collect())?;
                    rows.line(line, Ok(Content::Nothing))?;
                    continue;
                }
                match &mut open {
                    Some(held) if held.continues(&next) => {
                        held.last = next.last;
                        Ok(Content::Part)
                    }
                    held => Ok(held
                        .replace(next)
                        .map_or(Content::Part, |done| Content::Rows(vec![done.into_tie(of.source)]))),
                }
            }
        };
        rows.line(line, content)?;
    }
    rows.completed(open.map(|done| done.into_tie(of.source)).into_iter().collect())
}

fn spell(
    line: u64,
    record: &ByteRecord,
    width: usize,
    (first, second, year): (usize, usize, usize),
    places: &[(usize, &'static str)],
    states: &mut States,
) -> Result<Spell, Refusal> {
    rows::check_width(record, width)?;
    let days = rows::year("year", rows::field(record, year))?;
    let mut party = |column: &'static str, place: usize| {
        rows::in_year(states, column, &rows::code(rows::field(record, place)), &days)
    };
    let (state, counterpart) = (party("first state", first)?, party("second state", second)?);
    let year = days.begin().year();
    Ok(Spell { line, state, counterpart, roles: roles(record, places)?, first: year, last: year })
}

fn members(input: &mut dyn Read, of: &Published<'_>, rows: &mut dyn Rows<Tie>) -> Result<(), Problem> {
    let mut records = Records::new(of.file, input, b',')?;
    let column = |name| records.required(name);
    let places = MemberColumns {
        alliance: column("atopid")?,
        state: column("member")?,
        entry: [column("yrent")?, column("moent")?, column("dayent")?],
        exit: [column("yrexit")?, column("moexit")?, column("dayexit")?],
        obligations: obligations(&records),
        width: records.header().len(),
    };
    let mut states = States::new(CodeScheme::CowNumber);
    while let Some((line, record)) = records.advance()? {
        let tie = places.tie(line, record, of.source, &mut states);
        if let Ok(tie) = &tie {
            let begin = tie.begin.earliest();
            let end = tie.end.map_or(jiff::civil::date(LAST_YEAR, 12, 31), FactDate::latest);
            if let Some(known) = Period::new(begin, end) {
                rows.covers(known);
            }
        }
        rows.line(line, tie.map(|tie| Content::Rows(vec![tie])))?;
    }
    Ok(())
}

/// Columns of the file of members.
struct MemberColumns {
    alliance: usize,
    state: usize,
    /// Year, month, day.
    entry: [usize; 3],
    exit: [usize; 3],
    obligations: Vec<(usize, &'static str)>,
    width: usize,
}

impl MemberColumns {
    fn tie(
        &self,
        line: u64,
        record: &ByteRecord,
        source_name: &str,
        states: &mut States,
    ) -> Result<Tie, Refusal> {
        rows::check_width(record, self.width)?;
        let field = |place: usize| rows::field(record, place);
        let shown = |place: usize| String::from_utf8_lossy(field(place)).into_owned();
        let number = String::from_utf8_lossy(&rows::code(field(self.alliance))).into_owned();
        let alliance = OrganisationId::new(&format!("ATOP{number}"))
            .ok_or_else(|| Refusal::new("atopid", &number, "it is not a number"))?;
        let date = |[year, month, day]: [usize; 3]| rows::parts(field(year), field(month), field(day));
        let begin = date(self.entry)
            .ok_or_else(|| Refusal::new("yrent", &shown(self.entry[0]), "it is not a year"))?;
        let code = rows::code(field(self.state));
        let state = states
            .get("member", &code, begin.latest())?
            .ok_or_else(|| Refusal::new("member", &shown(self.state), "it named no state on that day"))?;
        let end = match field(self.exit[0]) {
            // Alliances in force have no exit: nothing, or 0.
            b"" | b"0" | b"0.0" | b"NA" => None,
            _ => Some(date(self.exit).filter(|end| end.latest() >= begin.earliest()).ok_or_else(|| {
                Refusal::new("yrexit", &shown(self.exit[0]), "it is no date after the entry")
            })?),
        };
        Ok(Tie {
            source_name: source_name.to_owned(),
            line,
            state,
            kind: TieKind::Alliance { alliance, roles: roles(record, &self.obligations)? },
            signed: None,
            begin,
            end,
            description: String::new(),
            sources: Sources { first: (CITATION.to_owned(), String::new()), second: None },
        })
    }
}
