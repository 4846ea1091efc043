//! What the readers of machine-coded events share: rows, fields, and states by code and day.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use suasion_actors::{CodeError, CodeScheme, Crosswalk, Period, StateId};

use crate::input::{LONGEST_LINE, Line, Lines};
use crate::ontology::EventCode;
use crate::problem::Problem;
use crate::quarantine::Refusal;
use crate::schema::CodedEvent;

/// Splits a line at tabs into exactly as many fields as `fields` has room for.
pub(super) fn tabs<'a>(line: &'a [u8], fields: &mut [&'a [u8]]) -> Result<(), Refusal> {
    let (mut begin, mut count) = (0, 0);
    for tab in memchr::memchr_iter(b'\t', line).chain(std::iter::once(line.len())) {
        if let Some(field) = fields.get_mut(count) {
            *field = &line[begin..tab];
        }
        begin = tab + 1;
        count += 1;
    }
    if count == fields.len() {
        return Ok(());
    }
    let reason = format!("the row has {count} fields, the layout {}", fields.len());
    Err(Refusal::new("", &start(line), reason))
}

/// The beginning of a line, to recognise it by.
fn start(line: &[u8]) -> String {
    String::from_utf8_lossy(&line[..line.len().min(60)]).into_owned()
}

/// A field as text.
pub(super) fn text<'a>(column: &'static str, field: &'a [u8]) -> Result<&'a str, Refusal> {
    std::str::from_utf8(field).map_err(|_| {
        Refusal::new(column, &String::from_utf8_lossy(field), format!("{column} is not valid UTF-8"))
    })
}

/// A number in a field.
pub(super) fn number<T: std::str::FromStr>(column: &'static str, field: &[u8]) -> Result<T, Refusal> {
    let text = text(column, field)?;
    text.parse().map_err(|_| Refusal::new(column, text, format!("{column} is not a number")))
}

/// A CAMEO code with its leading zero; two digits are the code of no act, and may be one that lost
/// its zero on the way.
pub(super) fn cameo(column: &'static str, field: &[u8]) -> Result<EventCode, Refusal> {
    let text = text(column, field)?;
    let refusal = || Refusal::new(column, text, format!("{column} is not a CAMEO code"));
    if !(3..=4).contains(&text.len()) {
        return Err(
            refusal().hint("codes of acts have three or four digits with their leading zero, such as 057")
        );
    }
    EventCode::parse("cameo", text).map_err(|hint| refusal().hint(hint))
}

/// A score on a scale from −10 to 10.
pub(super) fn score(column: &'static str, field: &[u8]) -> Result<f64, Refusal> {
    let score: f64 = number(column, field)?;
    if (-10.0..=10.0).contains(&score) {
        return Ok(score);
    }
    let text = String::from_utf8_lossy(field);
    Err(Refusal::new(column, &text, format!("{column} is not between -10 and 10")))
}

/// Eight digits as a day.
pub(super) fn compact_day(column: &'static str, field: &[u8]) -> Result<Date, Refusal> {
    let digits = |part: &[u8]| {
        part.iter().try_fold(0_i16, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + i16::from(byte - b'0'))
        })
    };
    let day = (field.len() == 8)
        .then(|| Some((digits(&field[..4])?, digits(&field[4..6])?, digits(&field[6..])?)))
        .flatten()
        .and_then(|(year, month, day)| Date::new(year, month as i8, day as i8).ok());
    day.ok_or_else(|| {
        Refusal::new(column, &String::from_utf8_lossy(field), format!("{column} is not a day"))
            .hint("the layout writes 20190121")
    })
}

/// What takes the events of a file.
pub trait Receiver {
    /// Takes what one row holds: an event, or one for each pair of states where the actors are of
    /// several. Whether it is stored is the receiver's choice.
    fn events(&mut self, events: &[CodedEvent<'_>]) -> Result<(), Problem>;
    /// The states between which events are wanted; none if all are.
    fn wanted(&self) -> Option<&BTreeSet<StateId>>;
    /// Whether events of a state with itself are wanted.
    fn wants_domestic(&self) -> bool {
        true
    }
    /// Learns of a row that is not between wanted states.
    fn leave_out(&mut self);
    /// Takes a row that could not be read.
    fn refuse(&mut self, line: u64, refusal: Refusal) -> Result<(), Problem>;
    /// Learns of a day for which the file speaks.
    fn covers(&mut self, day: Date);
}

/// Reads rows one after the other: `row` tells one event, or why there is none.
pub(super) fn each_row(
    lines: &mut Lines<'_>,
    file: &str,
    receiver: &mut dyn Receiver,
    mut row: impl FnMut(&Line<'_>, &mut dyn Receiver) -> Result<Result<(), Problem>, Refusal>,
) -> Result<(), Problem> {
    loop {
        let line = lines.advance().map_err(|error| Problem::new(format!("cannot read {file}: {error}")))?;
        let Some(line) = line else { return Ok(()) };
        if line.too_long {
            let reason = format!("the line is longer than {LONGEST_LINE} bytes");
            receiver.refuse(line.number, Refusal::new("", "", reason))?;
        } else if !line.bytes.is_empty() {
            match row(&line, receiver) {
                Ok(taken) => taken?,
                Err(refusal) => receiver.refuse(line.number, refusal)?,
            }
        }
    }
}

/// Most answers that are remembered; a file asks some ten thousand questions, a hostile one as many
/// as it likes.
const MOST_ANSWERS: usize = 200_000;

fn existed(state: StateId, day: Date) -> bool {
    Period::new(day, day).is_some_and(|day| Crosswalk::built_in().existed_in(state, &day))
}

/// Longest code or name of a state, in bytes.
const LONGEST_CODE: usize = 200;

/// A state, none, or why the code is refused.
type Answer = Result<Option<StateId>, Refusal>;

/// States by a source's code or name and day; asked once for each pair.
#[derive(Debug)]
pub(super) struct States {
    /// In the order in which they are asked.
    schemes: Vec<CodeScheme>,
    /// Whether a code counts only while its state is in the system of states.
    in_system: bool,
    known: HashMap<Box<[u8]>, HashMap<Date, Answer>>,
    /// Answers in `known`.
    held: usize,
    /// Codes of three letters with the last day that they were asked for: nearly all questions.
    recent: Vec<Option<(Date, Option<StateId>)>>,
}

/// Codes of three capital letters, by their number in base 26.
pub(super) const THREE_LETTERS: usize = 26 * 26 * 26;

/// The number of a code of three capital letters.
pub(super) fn three_letters(code: &[u8]) -> Option<usize> {
    let [a, b, c] = code else { return None };
    let digit = |letter: &u8| letter.is_ascii_uppercase().then(|| usize::from(letter - b'A'));
    Some(digit(a)? * 676 + digit(b)? * 26 + digit(c)?)
}

impl States {
    pub(super) fn new(scheme: CodeScheme) -> Self {
        Self::of(&[scheme])
    }

    /// States by the first of several schemes that knows a code.
    pub(super) fn of(schemes: &[CodeScheme]) -> Self {
        Self {
            schemes: schemes.to_vec(),
            in_system: true,
            known: HashMap::new(),
            held: 0,
            recent: vec![None; THREE_LETTERS],
        }
    }

    /// The same for members of the United Nations, of which some voted before they were states:
    /// Belarus, India, Ukraine.
    pub(super) fn of_members(self) -> Self {
        Self { in_system: false, ..self }
    }

    /// The state; none for an empty field, for codes of regions, peoples and organisations, and for
    /// codes that named no state on the day.
    pub(super) fn get(
        &mut self,
        column: &'static str,
        field: &[u8],
        day: Date,
    ) -> Result<Option<StateId>, Refusal> {
        if field.is_empty() {
            return Ok(None);
        }
        let place = three_letters(field);
        if let Some((_, state)) = place.and_then(|place| self.recent[place]).filter(|(at, _)| *at == day) {
            return Ok(state);
        }
        if let Some(known) = self.known.get(field).and_then(|by_day| by_day.get(&day)) {
            if let (Some(place), Ok(state)) = (place, known) {
                self.recent[place] = Some((day, *state));
            }
            return known.clone();
        }
        let found = self.ask(column, field, day);
        self.held += 1;
        if self.held > MOST_ANSWERS {
            self.known.clear();
            self.held = 0;
        }
        self.known.entry(field.into()).or_default().insert(day, found.clone());
        found
    }

    fn ask(&self, column: &'static str, field: &[u8], day: Date) -> Result<Option<StateId>, Refusal> {
        let text = text(column, field)?;
        if text.len() > LONGEST_CODE {
            return Err(Refusal::new(column, text, format!("{column} is longer than any code")));
        }
        let crosswalk = Crosswalk::built_in();
        let mut answers = self.schemes.iter().map(|scheme| crosswalk.state(*scheme, text, day));
        let unknown = |answer: &Result<StateId, CodeError>| matches!(answer, Err(CodeError::Unknown { .. }));
        let Some(first) = answers.next() else { return Ok(None) };
        let answer =
            if unknown(&first) { answers.find(|answer| !unknown(answer)).unwrap_or(first) } else { first };
        match answer {
            // Some codes stood in lists before the state did.
            Ok(state) => Ok((!self.in_system || existed(state, day)).then_some(state)),
            Err(CodeError::NotAState { .. } | CodeError::NotThen { .. }) => Ok(None),
            Err(error) => {
                let refusal = Refusal::new(column, text, error.to_string());
                Err(match error.hint() {
                    Some(hint) => refusal.hint(hint),
                    None => refusal,
                })
            }
        }
    }
}
