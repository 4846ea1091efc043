//! Events coded by machine, column by column: millions of rows, of which most text is never read
//! again, go into Arrow without a typed row of their own.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, Int64Builder, LargeStringBuilder,
    RecordBatch, UInt64Builder,
};
use arrow::datatypes::Schema;
use jiff::civil::Date;
use suasion_actors::StateId;

use super::Record;
use super::event::EventRecord;
use crate::ontology::EventCode;
use crate::problem::Problem;

/// One event as a machine coded it, borrowed from the line that told it.
#[derive(Debug, Clone, Copy)]
pub struct CodedEvent<'a> {
    /// Identity of the event in the source.
    pub id: &'a str,
    /// Line of the file, from 1.
    pub line: u64,
    /// The day.
    pub date: Date,
    /// The acting state, if the actor is of one.
    pub source: Option<StateId>,
    /// The state acted upon, if the actor is of one.
    pub target: Option<StateId>,
    /// The acting actor as published.
    pub source_actor: &'a str,
    /// The actor acted upon as published.
    pub target_actor: &'a str,
    /// The acting actor's role or sectors as published.
    pub source_role: &'a str,
    /// The role or sectors of the actor acted upon.
    pub target_role: &'a str,
    /// The code as published.
    pub code: EventCode,
    /// The mode of the act, such as a visit, where the ontology has modes.
    pub mode: &'a str,
    /// The fields of policy that it belongs to, as published.
    pub contexts: &'a str,
    /// Where it happened, as published.
    pub place: &'a str,
    /// The score as published; the code's own where the source publishes none.
    pub score: Option<f64>,
    /// Mentions in the press, where the source counts them.
    pub mentions: Option<i64>,
    /// Whether the event stood in the lead of its report, where the source says so.
    pub root_event: Option<bool>,
    /// Address of a report.
    pub url: &'a str,
}

impl CodedEvent<'_> {
    /// Bytes of its texts.
    pub fn text_bytes(&self) -> usize {
        let actors = [self.source_actor, self.target_actor, self.source_role, self.target_role];
        let texts = [self.id, self.mode, self.contexts, self.place, self.url];
        actors.iter().chain(&texts).map(|text| text.len()).sum()
    }
}

/// Builds batches of coded events in the schema of [`EventRecord`].
#[derive(Debug)]
pub struct CodedEvents {
    schema: Arc<Schema>,
    source_name: String,
    rows: usize,
    texts: [LargeStringBuilder; TEXTS],
    day: Day,
    line: UInt64Builder,
    begin: Date32Builder,
    flags: [BooleanBuilder; 3],
    quad_class: Int32Builder,
    score: Float64Builder,
    mentions: Int64Builder,
    count: Int64Builder,
}

/// A day as Arrow and as readers write it; neighbouring rows share it, so it is written once.
#[derive(Debug, Default)]
struct Day {
    date: Option<Date>,
    /// Days since 1970-01-01.
    number: i32,
    text: String,
}

impl Day {
    fn set(&mut self, date: Date) {
        if self.date == Some(date) {
            return;
        }
        let since = date.duration_since(jiff::civil::date(1970, 1, 1));
        *self = Self { date: Some(date), number: (since.as_hours() / 24) as i32, text: date.to_string() };
    }
}

/// Columns of text.
const TEXTS: usize = 22;

impl CodedEvents {
    /// An empty builder for a source.
    pub fn new(source_name: &str) -> Result<Self, Problem> {
        Ok(Self {
            schema: EventRecord::schema()?,
            source_name: source_name.to_owned(),
            rows: 0,
            texts: std::array::from_fn(|_| LargeStringBuilder::new()),
            day: Day::default(),
            line: UInt64Builder::new(),
            begin: Date32Builder::new(),
            flags: std::array::from_fn(|_| BooleanBuilder::new()),
            quad_class: Int32Builder::new(),
            score: Float64Builder::new(),
            mentions: Int64Builder::new(),
            count: Int64Builder::new(),
        })
    }

    /// Rows since the last batch.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is no row since the last batch.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Adds one event.
    pub fn push(&mut self, event: &CodedEvent<'_>) {
        self.day.set(event.date);
        let instrument = event.code.instrument();
        let texts: [Option<&str>; TEXTS] = [
            Some(&self.source_name),
            Some(event.id),
            Some(&self.day.text),
            event.source.as_ref().map(StateId::as_str),
            event.target.as_ref().map(StateId::as_str),
            None,
            None,
            Some(instrument.name()),
            Some(instrument.group().name()),
            Some(event.code.ontology()),
            Some(event.code.as_str()),
            event.code.plover().map(crate::ontology::PloverCategory::as_str),
            filled(event.mode),
            filled(event.contexts),
            filled(event.place),
            Some(""),
            Some(""),
            Some(event.url),
            filled(event.source_actor),
            filled(event.target_actor),
            filled(event.source_role),
            filled(event.target_role),
        ];
        for (builder, text) in self.texts.iter_mut().zip(texts) {
            builder.append_option(text);
        }
        self.line.append_value(event.line);
        self.begin.append_value(self.day.number);
        self.flags[0].append_value(false);
        self.flags[1].append_value(false);
        self.flags[2].append_option(event.root_event);
        self.quad_class.append_value(event.code.quad_class() as i32);
        self.score.append_value(event.score.unwrap_or_else(|| event.code.score()));
        self.mentions.append_option(event.mentions);
        self.count.append_value(1);
        self.rows += 1;
    }

    /// The rows so far as one batch; the builder is empty after it.
    pub fn take(&mut self) -> Result<RecordBatch, Problem> {
        let rows = std::mem::take(&mut self.rows);
        let nothing = || -> ArrayRef {
            let mut builder = LargeStringBuilder::new();
            (0..rows).for_each(|_| builder.append_null());
            Arc::new(builder.finish())
        };
        let mut texts = self.texts.iter_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef);
        let mut text = || texts.next().unwrap_or_else(nothing);
        let begin: ArrayRef = Arc::new(self.begin.finish());
        let [mutual, mirrored, root_event] =
            self.flags.each_mut().map(|flag| Arc::new(flag.finish()) as ArrayRef);
        let columns: Vec<ArrayRef> = vec![
            text(),                             // source_name
            text(),                             // act
            Arc::new(self.line.finish()),       // line
            text(),                             // date
            begin.clone(),                      // begin
            begin,                              // end
            text(),                             // source
            text(),                             // target
            text(),                             // organisation
            mutual,                             // mutual
            mirrored,                           // mirrored
            text(),                             // initiator
            text(),                             // instrument
            text(),                             // instrument_group
            text(),                             // ontology
            text(),                             // code
            text(),                             // plover
            text(),                             // mode
            text(),                             // contexts
            text(),                             // place
            Arc::new(self.quad_class.finish()), // quad_class
            Arc::new(self.score.finish()),      // score
            text(),                             // description
            text(),                             // citation
            text(),                             // url
            nothing(),                          // second_citation
            nothing(),                          // second_url
            text(),                             // source_actor
            text(),                             // target_actor
            text(),                             // source_role
            text(),                             // target_role
            Arc::new(self.mentions.finish()),   // mentions
            root_event,                         // root_event
            Arc::new(self.count.finish()),      // count
        ];
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
            .map_err(|error| Problem::new(format!("cannot write table `events`: {error}")))
    }
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
