//! Panels as files: CSV, Parquet and Arrow.

mod arrow_batch;
mod text;

pub use arrow_batch::{to_arrow, to_parquet};
pub use text::{audit_csv, codebook_csv, panel_csv};
