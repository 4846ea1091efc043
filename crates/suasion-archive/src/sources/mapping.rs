//! Yearly tables of amounts with a header, told by a mapping instead of code: the built-in ones
//! below, and any that a user writes in TOML.
//!
//! ```toml
//! name     = "my_trade"
//! title    = "My table of trade"
//! version  = "2026"
//! citation = "me-2026"
//! year     = "year"
//! source   = { column = "importer", scheme = "cow_number" }
//! target   = { column = "exporter", scheme = "cow_number" }
//! missing  = ["-9", ""]
//! amounts  = [{ column = "flow1", indicator = "goods_exports", unit = "million current US dollars", back = true }]
//! unreported = [{ to = 1994, among = ["RUS", "KAZ"] }]  # zeros there were never reported
//! ```

use std::collections::BTreeMap;
use std::io::Read;

use csv::ByteRecord;
use serde::Deserialize;
use suasion_actors::{CodeScheme, Crosswalk, StateId};

use super::coded::States;
use super::layout::column_names;
use super::rows::{self, Content, Rows};
use crate::input::Records;
use crate::problem::{Location, Problem, nearest};
use crate::quarantine::Refusal;
use crate::schema::{Flow, Party};

/// How a table with a header becomes flows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Name of the source.
    pub name: String,
    /// What the table is.
    pub title: String,
    /// The publisher's release.
    pub version: String,
    /// Citation key.
    pub citation: String,
    /// Terms of use.
    #[serde(default)]
    pub licence: String,
    /// Column of the year.
    pub year: String,
    /// Where the amounts come from.
    pub source: End,
    /// Where they go; the world if none is named.
    pub target: Option<End>,
    /// How the table writes a missing amount.
    #[serde(default)]
    pub missing: Vec<String>,
    /// A column that tells rows of the same states and year apart, such as the number of a dispute.
    pub note: Option<String>,
    /// The amounts of a row.
    pub amounts: Vec<Amount>,
    /// Where the table writes nought for what nobody reported.
    #[serde(default)]
    pub unreported: Vec<Unreported>,
}

/// Zeros between some states up to a year that stand for amounts that nobody reported.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unreported {
    /// The last such year.
    pub to: i16,
    /// Identities of the states.
    pub among: Vec<String>,
}

impl Unreported {
    fn is(&self, year: i16, source: Party, target: Party) -> bool {
        let among = |party| match party {
            Party::State(state) => self.among.iter().any(|known| known == StateId::as_str(&state)),
            Party::World => false,
        };
        year <= self.to && among(source) && among(target)
    }
}

/// A column of codes of states.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// The column.
    pub column: String,
    /// The scheme of its codes.
    pub scheme: String,
}

/// A column of amounts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// The column.
    pub column: String,
    /// What is measured.
    pub indicator: String,
    /// Unit, with price base.
    pub unit: String,
    /// Whether the amount goes from target to source.
    #[serde(default)]
    pub back: bool,
    /// The first year for which column and unit are these; all if none is named.
    pub from: Option<i16>,
    /// The last such year.
    pub to: Option<i16>,
}

impl Amount {
    fn holds_in(&self, year: i16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

/// Mappings of published tables.
const BUILT_IN: &str = include_str!("../../data/mappings.toml");

#[derive(Deserialize)]
struct Mappings {
    mapping: Vec<Mapping>,
}

impl Mapping {
    /// The built-in mappings.
    pub fn built_in() -> Vec<Self> {
        // The text is part of the program and read by a test.
        toml::from_str::<Mappings>(BUILT_IN).map(|read| read.mapping).unwrap_or_default()
    }

    /// A mapping that a user wrote.
    pub fn read(file: &str, text: &str) -> Result<Self, Problem> {
        let mapping: Self = toml::from_str(text).map_err(|error| {
            let place = Location::file(file);
            let place = match error.span() {
                Some(span) => place.at_offset(text, span.start),
                None => place,
            };
            Problem::new(error.message().to_owned()).at(place)
        })?;
        for end in std::iter::once(&mapping.source).chain(&mapping.target) {
            scheme(&end.scheme).map_err(|problem| problem.at(Location::file(file)))?;
        }
        for state in mapping.unreported.iter().flat_map(|zeros| &zeros.among) {
            known_state(state).map_err(|problem| problem.at(Location::file(file)))?;
        }
        Ok(mapping)
    }

    fn columns(&self) -> impl Iterator<Item = &str> {
        let ends = std::iter::once(&self.source).chain(&self.target).map(|end| end.column.as_str());
        let amounts = self.amounts.iter().map(|amount| amount.column.as_str()).chain(self.note.as_deref());
        std::iter::once(self.year.as_str()).chain(ends).chain(amounts)
    }

    /// Refuses a header that lacks a column of the mapping.
    pub(crate) fn check(&self, header: &[u8]) -> Result<(), Problem> {
        let names: Vec<String> = column_names(header).map(shown).collect();
        if self.amounts.is_empty() {
            return Err(Problem::new(format!("mapping `{}` names no amounts", self.name)));
        }
        match self.columns().find(|column| !names.iter().any(|name| name == column)) {
            None => Ok(()),
            Some(lacking) => {
                let problem = Problem::new(format!("the table has no column `{lacking}`"));
                Err(match nearest(lacking, names.iter().map(String::as_str)) {
                    Some(near) => problem.hint(format!("is `{near}` meant?")),
                    None => problem.hint(format!("its columns are {}", names.join(", "))),
                })
            }
        }
    }

    /// Whether a header has every column of the mapping.
    pub fn fits(&self, header: &[u8]) -> bool {
        let names: Vec<&[u8]> = column_names(header).collect();
        self.columns().all(|column| names.contains(&column.as_bytes()))
    }
}

fn scheme(name: &str) -> Result<CodeScheme, Problem> {
    let known = CodeScheme::ALL.iter().find(|scheme| scheme.name() == name).copied();
    known.ok_or_else(|| {
        let names: Vec<&str> = CodeScheme::ALL.iter().map(|scheme| scheme.name()).collect();
        let problem = Problem::new(format!("`{name}` is not a scheme of codes"));
        match nearest(name, names.iter().copied()) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint(format!("schemes are {}", names.join(", "))),
        }
    })
}

fn known_state(name: &str) -> Result<(), Problem> {
    let known = || Crosswalk::built_in().states().map(|state| state.id.as_str());
    if known().any(|id| id == name) {
        return Ok(());
    }
    let problem = Problem::new(format!("`{name}` is not the identity of a state"));
    Err(match nearest(name, known()) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint("identities are three capital letters, such as RUS"),
    })
}

/// Reads a table.
pub fn read(
    mapping: &Mapping,
    input: &mut dyn Read,
    file: &str,
    rows: &mut dyn Rows<Flow>,
) -> Result<(), Problem> {
    let mut records = Records::new(file, input, b',')?;
    let columns: BTreeMap<Vec<u8>, usize> = records
        .header()
        .iter()
        .enumerate()
        .map(|(index, name)| (name.trim_ascii().to_vec(), index))
        .collect();
    let mut table = Reading {
        mapping,
        file,
        columns,
        width: records.header().len(),
        source: States::new(scheme(&mapping.source.scheme)?),
        target: mapping.target.as_ref().map(|end| scheme(&end.scheme).map(States::new)).transpose()?,
    };
    while let Some((line, record)) = records.advance()? {
        rows.line(line, table.flows(line, record).map(Content::Rows))?;
    }
    Ok(())
}

/// A table that is being read.
struct Reading<'a> {
    mapping: &'a Mapping,
    file: &'a str,
    columns: BTreeMap<Vec<u8>, usize>,
    width: usize,
    source: States,
    target: Option<States>,
}

impl Reading<'_> {
    fn flows(&mut self, line: u64, record: &ByteRecord) -> Result<Vec<Flow>, Refusal> {
        let mapping = self.mapping;
        rows::check_width(record, self.width)?;
        let field = |column: &str| {
            self.columns.get(column.as_bytes()).map_or(&b""[..], |&index| rows::field(record, index))
        };
        let days = rows::year("year", field(&mapping.year))?;
        let source = rows::code(field(&mapping.source.column));
        let target = mapping.target.as_ref().map(|end| rows::code(field(&end.column)));
        let amounts: Vec<&[u8]> = mapping.amounts.iter().map(|amount| field(&amount.column)).collect();
        let note = match &mapping.note {
            Some(column) => format!("{column} {}", rows::short_text("note", &rows::code(field(column)))?),
            None => String::new(),
        };
        let source = rows::in_year(&mut self.source, "source", &source, &days)?;
        let target = match (target, &mut self.target) {
            (Some(code), Some(states)) => Party::State(rows::in_year(states, "target", &code, &days)?),
            _ => Party::World,
        };
        let ends = (Party::State(source), target);
        mapping
            .amounts
            .iter()
            .zip(amounts)
            .filter(|(amount, _)| amount.holds_in(days.begin().year()))
            .map(|(amount, text)| self.flow(line, days.begin().year(), ends, (amount, &note), text))
            .collect()
    }

    fn flow(
        &self,
        line: u64,
        year: i16,
        (source, target): (Party, Party),
        (amount, note): (&Amount, &str),
        text: &[u8],
    ) -> Result<Flow, Refusal> {
        let text = shown(text);
        let missing = text.is_empty() || self.mapping.missing.contains(&text);
        let value = if missing {
            None
        } else {
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            // The same amount missing as -9 or as -9.0 is missing.
            match number {
                Some(number) if self.mapping.missing.iter().any(|known| known.parse() == Ok(number)) => None,
                Some(number) => Some(number),
                None => {
                    return Err(Refusal::new("value", &text, format!("{} is not a number", amount.column)));
                }
            }
        };
        let unreported = |zeros: &Unreported| zeros.is(year, source, target);
        let value = value.filter(|value| *value != 0.0 || !self.mapping.unreported.iter().any(unreported));
        let (source, target) = if amount.back { (target, source) } else { (source, target) };
        Ok(Flow {
            source_name: self.mapping.name.clone(),
            line,
            file: self.file.to_owned(),
            indicator: amount.indicator.clone(),
            source,
            target,
            year,
            value,
            unit: amount.unit.clone(),
            vintage: self.mapping.version.clone(),
            citation: self.mapping.citation.clone(),
            note: note.to_owned(),
        })
    }
}

fn shown(field: &[u8]) -> String {
    String::from_utf8_lossy(field).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_mappings_are_sound() {
        let mappings = Mapping::built_in();
        assert!(mappings.len() >= 4);
        for mapping in mappings {
            for end in std::iter::once(&mapping.source).chain(&mapping.target) {
                assert!(scheme(&end.scheme).is_ok(), "{}", mapping.name);
            }
            for state in mapping.unreported.iter().flat_map(|zeros| &zeros.among) {
                assert!(known_state(state).is_ok(), "{}: {state}", mapping.name);
            }
        }
    }

    #[test]
    fn a_table_is_read_by_its_mapping() {
        let text = "ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2\n\
            705,365,2000,12.5,-9,0,0\n705.0,365.0,2000.0,x,1,0,0\n705,365,1985,1,1,0,0\n705,365,20x0,1,1,0,0\n705,365\n";
        let mapping =
            Mapping::built_in().into_iter().find(|known| known.fits(text.lines().next().unwrap().as_bytes()));
        let mut taken = rows::Taken::default();
        read(&mapping.unwrap(), &mut text.as_bytes(), "t.csv", &mut taken).unwrap();
        let told: Vec<String> = taken
            .rows
            .iter()
            .map(|flow| format!("{} {}>{} {:?}", flow.indicator, flow.source, flow.target, flow.value))
            .collect();
        assert_eq!(told, ["goods_exports RUS>KAZ Some(12.5)", "goods_exports KAZ>RUS None"]);
        let refused: Vec<(u64, &str)> = taken.refused.iter().map(|(line, why)| (*line, why.column)).collect();
        assert_eq!(refused, [(3, "value"), (4, "source"), (5, "year"), (6, "")]);
    }

    #[test]
    fn what_nobody_reported_is_missing_and_not_nought() {
        let text = "ccode1,ccode2,year,flow1,flow2\n365,705,1993,0,0.5\n365,705,1995,0,1\n365,710,1993,0,1\n";
        let mapping =
            Mapping::built_in().into_iter().find(|known| known.fits(b"ccode1,ccode2,year,flow1,flow2"));
        let mut taken = rows::Taken::default();
        read(&mapping.unwrap(), &mut text.as_bytes(), "t.csv", &mut taken).unwrap();
        let values: Vec<Option<f64>> = taken.rows.iter().map(|flow| flow.value).collect();
        assert_eq!(values, [None, Some(0.5), Some(0.0), Some(1.0), Some(0.0), Some(1.0)]);
    }

    #[test]
    fn a_mistake_in_a_mapping_is_told_with_its_place() {
        let text = "name = \"a\"\ntitle = \"b\"\nversion = \"1\"\ncitation = \"c\"\nyear = \"y\"\nsource = { column = \"s\", scheme = \"cow_numbr\" }\namounts = []\n";
        let problem = Mapping::read("m.toml", text).unwrap_err();
        assert!(problem.hint.unwrap().contains("cow_number"));
        let problem = Mapping::read("m.toml", &text.replace("year =", "yaer =")).unwrap_err();
        assert!(problem.to_string().contains("m.toml:5:1"), "{problem}");
        let sound = text.replace("numbr", "number");
        let problem =
            Mapping::read("m.toml", &format!("{sound}unreported = [{{ to = 1994, among = [\"RUZ\"] }}]\n"));
        assert!(problem.unwrap_err().to_string().contains("`RUZ`"));
    }
}
