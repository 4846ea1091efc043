//! The archive: every table that a study can use, behind one door.

use arrow::array::RecordBatch;
use datafusion::datasource::MemTable;
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use futures::StreamExt;
use std::sync::Arc;
use suasion_actors::{Organisations, StateId};

use crate::actors_tables;
use crate::bibliography::Bibliography;
use crate::coverage::Coverage;
use crate::problem::Problem;
use crate::provenance::Provenance;
use crate::quarantine::Ledger;
use crate::schema::counted;
use crate::schema::event::EventRecord;
use crate::schema::flow::FlowRecord;
use crate::schema::tally::{self, TallyRecord};
use crate::schema::tie::TieRecord;
use crate::schema::vote::VoteRecord;
use crate::schema::{Event, Family, Flow, Record, Tie, VoteTally};
use crate::sources::registry;
use crate::store::{Snapshot, Store};

/// What a table is, beside its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What kind of thing it records.
    pub family: Family,
    /// For whom and when it speaks.
    pub coverage: Coverage,
    /// Where it comes from.
    pub provenance: Provenance,
    /// What became of the rows of its file.
    pub ledger: Ledger,
}

/// Tables of all families with their batches, before they are opened for queries.
#[derive(Debug, Default)]
pub struct ArchiveBuilder {
    tables: Vec<Table>,
    batches: Vec<(Family, RecordBatch)>,
    organisations: Organisations,
    bibliography: Bibliography,
}

impl ArchiveBuilder {
    /// Adds a table with its typed rows.
    pub fn add<R: Record>(&mut self, table: Table, rows: &[R::Row]) -> Result<(), Problem> {
        self.batches.push((R::FAMILY, R::to_batch(rows)?));
        self.tables.push(table);
        Ok(())
    }

    /// Sets the organisations that ties and events name.
    pub fn organisations(&mut self, organisations: Organisations) {
        self.organisations = organisations;
    }

    /// Adds works that rows cite; those by which published sources are cited are there already.
    pub fn bibliography(&mut self, bibliography: Bibliography) {
        self.bibliography.extend(bibliography);
    }

    /// Opens the tables, with those of a store, for queries.
    pub fn open(self, store: Option<&Store>) -> Result<Archive, Problem> {
        let mut bibliography = self.bibliography;
        bibliography.extend(Bibliography::of_sources());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .map_err(|error| Problem::new(format!("cannot start the query engine: {error}")))?;
        let session = SessionContext::new_with_config(
            // One partition: results keep the order that the query asks for, on any machine.
            SessionConfig::new().with_target_partitions(1).with_information_schema(true),
        );
        let mut tables = self.tables;
        let held = store.map_or_else(|| Ok(Snapshot::default()), Store::snapshot)?;
        for stored in &held.tables {
            let (family, source) = (stored.family, &stored.provenance.source);
            if tables.iter().any(|own| own.family == family && own.provenance.source == *source) {
                let message = format!(
                    "the store and the study both have a source `{source}` of {}",
                    family.table_name()
                );
                return Err(Problem::new(message).hint("give one of them another name"));
            }
        }
        for family in Family::ALL {
            let batches: Vec<RecordBatch> =
                self.batches.iter().filter(|(of, _)| *of == family).map(|(_, batch)| batch.clone()).collect();
            register_memory(&session, family, batches)?;
        }
        runtime.block_on(register_views(&session, &held))?;
        tables.extend(held.tables);
        Ok(Archive { session, runtime, tables, organisations: self.organisations, bibliography })
    }
}

/// What is counted of a machine-coded source. The same act is often reported again, in another
/// quarter of an hour or from another text, under an identity of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reports {
    /// Every report.
    #[default]
    All,
    /// Reports of the same kind, on the same day, of the same actors at the same place, once.
    Distinct,
}

impl std::str::FromStr for Reports {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "all" => Ok(Self::All),
            "distinct" => Ok(Self::Distinct),
            _ => Err("reports are `all` or `distinct`".to_owned()),
        }
    }
}

fn memory_name(family: Family) -> String {
    format!("own_{}", family.table_name())
}

fn register_memory(
    session: &SessionContext,
    family: Family,
    batches: Vec<RecordBatch>,
) -> Result<(), Problem> {
    let schema = match family {
        Family::Event => EventRecord::schema(),
        Family::Vote => VoteRecord::schema(),
        Family::Tally => TallyRecord::schema(),
        Family::Tie => TieRecord::schema(),
        Family::Flow => FlowRecord::schema(),
    }?;
    let table = MemTable::try_new(schema, vec![batches]).map_err(engine)?;
    session.register_table(memory_name(family), Arc::new(table)).map_err(engine)?;
    Ok(())
}

/// `events`, `votes`, `ties` and `flows`: what was compiled in or read from the study's files,
/// together with what the store holds.
async fn register_views(session: &SessionContext, held: &Snapshot) -> Result<(), Problem> {
    for family in Family::ALL {
        let mut parts = vec![format!("SELECT * FROM {}", memory_name(family))];
        if let Some(files) = held.files.get(&family) {
            let name = format!("stored_{}", family.table_name());
            let paths: Vec<String> = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
            let stored = session.read_parquet(paths, ParquetReadOptions::default()).await.map_err(engine)?;
            session.register_table(&name, stored.into_view()).map_err(engine)?;
            parts.push(format!("SELECT * FROM {name}"));
        }
        let view = format!("CREATE VIEW {} AS {}", family.table_name(), parts.join(" UNION ALL "));
        session.sql(&view).await.map_err(engine)?;
    }
    Ok(())
}

/// Every table that a study can use.
pub struct Archive {
    session: SessionContext,
    runtime: tokio::runtime::Runtime,
    tables: Vec<Table>,
    organisations: Organisations,
    bibliography: Bibliography,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Archive").field("tables", &self.tables).finish_non_exhaustive()
    }
}

impl Archive {
    /// The tables, as added, then as stored.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The table of a source in a family.
    pub fn table(&self, family: Family, source: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.family == family && table.provenance.source == source)
    }

    /// Organisations by identity.
    pub fn organisations(&self) -> &Organisations {
        &self.organisations
    }

    /// Works by citation key.
    pub fn bibliography(&self) -> &Bibliography {
        &self.bibliography
    }

    /// The answer to a query in SQL over `events`, `votes`, `vote_tallies`, `ties`, `flows`,
    /// `states` and `organisations`, batch by batch, so that it may be larger than memory. `each`
    /// is called at least once, with no rows if there are none.
    pub fn sql(
        &self,
        query: &str,
        mut each: impl FnMut(&RecordBatch) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        // Only queries of users name actors; opening an archive need not pay for it.
        if !self.session.table_exist("states").map_err(engine)? {
            actors_tables::register(&self.session, &self.organisations)?;
        }
        let mut stream = self
            .runtime
            .block_on(async { self.session.sql(query).await?.execute_stream().await })
            .map_err(engine)?;
        let mut empty = true;
        while let Some(batch) = self.runtime.block_on(stream.next()) {
            each(&batch.map_err(engine)?)?;
            empty = false;
        }
        if empty { each(&RecordBatch::new_empty(stream.schema())) } else { Ok(()) }
    }

    fn query(&self, query: &str) -> Result<Vec<RecordBatch>, Problem> {
        self.runtime.block_on(async { self.session.sql(query).await?.collect().await }).map_err(engine)
    }

    /// The events of a source, in the order of its file.
    pub fn events(&self, source: &str) -> Result<Vec<Event>, Problem> {
        self.rows::<EventRecord>(source, "line, mirrored, source, target")
    }

    /// The reports of a machine-coded source between these states, counted by month and code: one
    /// row stands for all reports of a kind in a month.
    pub fn counted_events(
        &self,
        source: &str,
        states: &[StateId],
        reports: Reports,
    ) -> Result<Vec<Event>, Problem> {
        let list = states.iter().map(|state| format!("'{state}'")).collect::<Vec<_>>().join(", ");
        // Identities of ICEWS are one only together with the day.
        let identity = match reports {
            Reports::All => "concat_ws(' ', act, date)",
            Reports::Distinct => {
                "concat_ws('|', date, coalesce(source_actor, ''), coalesce(target_actor, ''), coalesce(place, ''))"
            }
        };
        let query = format!(
            "SELECT substr(date, 1, 7) AS month, source, target, ontology, code, avg(score) AS score, \
             count(DISTINCT {identity}) AS reports, min(line) AS line FROM events \
             WHERE source_name = '{}' AND source IN ({list}) AND target IN ({list}) AND source <> target \
             GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5",
            quoted(source)
        );
        let mut rows = Vec::new();
        for batch in self.query(&query)? {
            rows.extend(counted::from_batch(source, &batch)?);
        }
        Ok(rows)
    }

    /// How often these states chose alike by a source of votes: its tallies in the order of its
    /// file, or counted from the votes themselves. Roll calls in which all who voted chose alike
    /// are left out.
    pub fn tallies(&self, source: &str, states: &[StateId]) -> Result<Vec<VoteTally>, Problem> {
        if self.table(Family::Tally, source).is_some() {
            return self.rows::<TallyRecord>(source, "line");
        }
        let list = states.iter().map(|state| format!("'{state}'")).collect::<Vec<_>>().join(", ");
        let cast =
            format!("SELECT * FROM votes WHERE source_name = '{}' AND choice <> 'absent'", quoted(source));
        let query = format!(
            "WITH cast_votes AS ({cast}) SELECT * FROM cast_votes WHERE state IN ({list}) AND roll_call IN \
             (SELECT roll_call FROM cast_votes GROUP BY roll_call HAVING count(DISTINCT choice) > 1) \
             ORDER BY roll_call, line"
        );
        let mut votes = Vec::new();
        for batch in self.query(&query)? {
            votes.extend(VoteRecord::from_batch(&batch)?);
        }
        Ok(tally::by_year(&votes, states, citation_of(source)))
    }

    /// The ties of a source, in the order of its file.
    pub fn ties(&self, source: &str) -> Result<Vec<Tie>, Problem> {
        self.rows::<TieRecord>(source, "line")
    }

    /// The flows of a source, in the order of its file.
    pub fn flows(&self, source: &str) -> Result<Vec<Flow>, Problem> {
        self.rows::<FlowRecord>(source, "file, line")
    }

    fn rows<R: Record>(&self, source: &str, order: &str) -> Result<Vec<R::Row>, Problem> {
        let source = quoted(source);
        let table = R::FAMILY.table_name();
        let query = format!("SELECT * FROM {table} WHERE source_name = '{source}' ORDER BY {order}");
        let mut rows = Vec::new();
        for batch in self.query(&query)? {
            rows.extend(R::from_batch(&batch)?);
        }
        Ok(rows)
    }
}

/// A text as it stands between quotes in SQL.
fn quoted(text: &str) -> String {
    text.replace('\'', "''")
}

/// The key by which a source itself is cited.
fn citation_of(source: &str) -> &str {
    registry::describe(source).and_then(|known| known.citations.first()).copied().unwrap_or(source)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn engine(error: datafusion::error::DataFusionError) -> Problem {
    Problem::new(format!("the query engine says: {}", error.strip_backtrace()))
}
