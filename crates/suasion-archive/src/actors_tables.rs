//! States and organisations as tables, so that queries can name them.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::FieldRef;
use datafusion::datasource::MemTable;
use datafusion::prelude::SessionContext;
use serde::{Deserialize, Serialize};
use serde_arrow::schema::{SchemaLike, TracingOptions};
use suasion_actors::state::StateSystem;
use suasion_actors::{Crosswalk, Organisations};

use crate::problem::Problem;

/// One spell of a state's membership in one list of the state system.
#[derive(Debug, Serialize, Deserialize)]
struct StateRow {
    state: String,
    name: String,
    system: String,
    begin: String,
    end: Option<String>,
}

/// An organisation.
#[derive(Debug, Serialize, Deserialize)]
struct OrganisationRow {
    organisation: String,
    name: String,
    kind: String,
    begin: String,
    end: Option<String>,
    leader: Option<String>,
    description: String,
    citation: String,
}

/// Registers `states` and `organisations`.
pub(crate) fn register(session: &SessionContext, organisations: &Organisations) -> Result<(), Problem> {
    table(session, "states", &states())?;
    table(session, "organisations", &rows_of(organisations))
}

fn states() -> Vec<StateRow> {
    let system = |system: StateSystem| match system {
        StateSystem::CorrelatesOfWar => "correlates_of_war",
        StateSystem::GleditschWard => "gleditsch_ward",
    };
    let spells = Crosswalk::built_in().states().flat_map(|state| {
        state.spells.iter().map(move |(list, spell)| StateRow {
            state: state.id.to_string(),
            name: state.name.clone(),
            system: system(*list).to_owned(),
            begin: spell.begin.to_string(),
            end: spell.end.map(|end| end.to_string()),
        })
    });
    spells.collect()
}

fn rows_of(organisations: &Organisations) -> Vec<OrganisationRow> {
    let row = |known: &suasion_actors::Organisation| OrganisationRow {
        organisation: known.id.to_string(),
        name: known.name.clone(),
        kind: known.kind.name().to_owned(),
        begin: known.spell.begin.to_string(),
        end: known.spell.end.map(|end| end.to_string()),
        leader: known.leader.map(|leader| leader.to_string()),
        description: known.description.clone(),
        citation: known.citation.clone(),
    };
    organisations.iter().map(row).collect()
}

fn table<Row>(session: &SessionContext, name: &str, rows: &[Row]) -> Result<(), Problem>
where
    Row: Serialize + for<'de> Deserialize<'de>,
{
    let failed = |error: &dyn std::fmt::Display| Problem::new(format!("cannot make table `{name}`: {error}"));
    let fields =
        Vec::<FieldRef>::from_type::<Row>(TracingOptions::default()).map_err(|error| failed(&error))?;
    let batch: RecordBatch = serde_arrow::to_record_batch(&fields, &rows).map_err(|error| failed(&error))?;
    let table = MemTable::try_new(batch.schema(), vec![vec![batch]]).map_err(|error| failed(&error))?;
    session.register_table(name, Arc::new(table)).map_err(|error| failed(&error))?;
    Ok(())
}
