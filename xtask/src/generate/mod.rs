//! `cargo xtask generate`: files in the layouts of GDELT 1.0, GDELT 2.0 and ICEWS, of any size, with
//! lengths of fields, skew and dirt like those of published ones. For tests and measurements only:
//! nothing in them happened.

mod article;
mod rows;
mod words;

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::ToSpan;
use jiff::civil::Date;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use rows::Writer;

/// A layout to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// GDELT 1.0 daily files.
    Gdelt,
    /// GDELT 2.0 quarter-hourly files.
    Gdelt2,
    /// ICEWS files.
    Icews,
}

/// What to write.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// Layout of the files
    layout: Layout,
    /// Rows in all files together
    #[arg(long, default_value_t = 100_000)]
    rows: u64,
    /// Files
    #[arg(long, default_value_t = 1)]
    files: u32,
    /// Folder for the files
    #[arg(long)]
    out: PathBuf,
    /// Share of rows that are broken in one of the ways in which published rows are
    #[arg(long, default_value_t = 0.0005)]
    dirt: f64,
    /// Whether to leave the files as they are instead of zipping them
    #[arg(long)]
    plain: bool,
    /// First day
    #[arg(long, default_value = "2015-03-01")]
    from: Date,
    /// Seed: the same arguments give the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Writes the files.
pub(crate) fn run(options: &Generate) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(&options.out)?;
    let mut left = options.rows;
    for index in 0..options.files {
        let rows = left / u64::from(options.files - index);
        left -= rows;
        let (stem, day, added) = name(options, index)?;
        let seed = options.seed.wrapping_mul(1_000_003).wrapping_add(u64::from(index));
        let mut writer =
            Writer::new(options.layout, day, &added, options.dirt, ChaCha8Rng::seed_from_u64(seed));
        if options.plain {
            let mut file = BufWriter::new(File::create(options.out.join(&stem))?);
            writer.write(&mut file, rows)?;
            file.flush()?;
        } else {
            let path = options.out.join(format!("{stem}.zip"));
            let mut archive = zip::ZipWriter::new(BufWriter::new(File::create(path)?));
            let method = zip::CompressionMethod::Deflated;
            archive.start_file(stem, zip::write::SimpleFileOptions::default().compression_method(method))?;
            writer.write(&mut archive, rows)?;
            archive.finish()?.flush()?;
        }
    }
    Ok(())
}

/// Name of a file, the day that it is of, and when its rows were added.
fn name(options: &Generate, index: u32) -> Result<(String, Date, String), Box<dyn Error>> {
    Ok(match options.layout {
        Layout::Gdelt => {
            let day = options.from.checked_add(i64::from(index).days())?;
            let compact = day.strftime("%Y%m%d").to_string();
            (format!("{compact}.export.CSV"), day, compact)
        }
        Layout::Gdelt2 => {
            let moment = options.from.at(0, 0, 0, 0).checked_add((i64::from(index) * 15).minutes())?;
            let compact = moment.strftime("%Y%m%d%H%M%S").to_string();
            (format!("{compact}.export.CSV"), moment.date(), compact)
        }
        Layout::Icews => {
            let day = options.from.checked_add(i64::from(index).years())?;
            (format!("events.{}.tab", day.year()), day, String::new())
        }
    })
}
