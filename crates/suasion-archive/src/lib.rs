//! What sources published: typed tables in Arrow and Parquet, with coverage and provenance.
//!
//! A source file is parsed row by row ([`sources`]); rows that cannot be read are quarantined
//! with their reason and counted ([`quarantine`]). What was read becomes one of the families of
//! tables ([`schema`]): events, votes, ties, flows. Published files are downloaded ([`fetch`]) and
//! read ([`ingest`]) into the store. The [`Archive`] puts the built-in tables, a
//! study's own files and the Parquet [`store`] behind one door, DataFusion.

mod actors_tables;
pub mod archive;
pub mod bibliography;
pub mod coverage;
pub mod fetch;
pub mod ingest;
pub mod input;
pub mod ontology;
pub mod problem;
pub mod provenance;
pub mod quarantine;
pub mod schema;
pub mod sources;
pub mod store;

pub use archive::{Archive, Reports, Table};
pub use bibliography::Bibliography;
pub use coverage::Coverage;
pub use problem::{Location, Problem};
pub use provenance::Provenance;
pub use quarantine::{Ledger, Quarantined};
pub use schema::Family;
