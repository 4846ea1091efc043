//! Gzipped CSV files as rows by column name.

use std::error::Error;
use std::fs::File;
use std::path::Path;

use flate2::read::GzDecoder;
use serde::de::DeserializeOwned;

/// All rows of a gzipped CSV file.
pub(crate) fn rows<Row: DeserializeOwned>(path: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let reader = csv::Reader::from_reader(GzDecoder::new(file));
    Ok(reader.into_deserialize().collect::<Result<_, _>>()?)
}
