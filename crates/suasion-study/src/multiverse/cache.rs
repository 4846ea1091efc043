//! Estimates kept between runs, by the hash of everything that they depend on.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use suasion_archive::Problem;
use suasion_methods::specification_curve::{Draws, Point};

use super::problem::Key;

/// First bytes of a file of estimates.
const MAGIC: &[u8; 8] = b"suasion1";
/// Largest file that is read or written: about sixty thousand estimates.
const MOST_BYTES: usize = 256 << 20;

/// Points by key, from a file and back to it.
#[derive(Debug, Default)]
pub struct Cache {
    path: Option<PathBuf>,
    before: BTreeMap<Key, Arc<Point>>,
    /// Points asked for in this run: those are kept.
    used: Mutex<BTreeMap<Key, Arc<Point>>>,
}

impl Cache {
    /// A cache that forgets.
    pub fn none() -> Self {
        Self::default()
    }

    /// The cache in a file; one that is missing, damaged or of another version is an empty one.
    pub fn open(path: &Path) -> Self {
        let before = read(path).unwrap_or_default();
        Self { path: Some(path.to_owned()), before, used: Mutex::default() }
    }

    pub(super) fn get(&self, key: &Key) -> Option<Arc<Point>> {
        let found = self.before.get(key).cloned()?;
        self.put(*key, &found);
        Some(found)
    }

    pub(super) fn put(&self, key: Key, point: &Arc<Point>) {
        if self.path.is_some() {
            let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
            used.insert(key, Arc::clone(point));
        }
    }

    /// Number of estimates that were there before.
    pub fn known(&self) -> usize {
        self.before.len()
    }

    /// Writes this run's estimates, and as many older ones as there is room for, in one step. A run
    /// that used nothing new leaves the file alone.
    pub fn save(&self) -> Result<(), Problem> {
        let Some(path) = &self.path else { return Ok(()) };
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.keys().all(|key| self.before.contains_key(key)) {
            return Ok(());
        }
        let mut bytes = MAGIC.to_vec();
        let older = self.before.iter().filter(|(key, _)| !used.contains_key(*key));
        for (key, point) in used.iter().chain(older) {
            let mut record = key.to_vec();
            write_point(&mut record, point);
            if bytes.len() + record.len() > MOST_BYTES {
                break;
            }
            bytes.extend(record);
        }
        replace(path, &bytes).map_err(|error| {
            Problem::new(format!("cannot keep estimates in {}: {error}", path.display()))
                .hint("`--no-cache` computes without keeping any")
        })
    }
}

fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let fresh = path.with_extension(format!("{}.new", std::process::id()));
    std::fs::write(&fresh, bytes)?;
    std::fs::rename(&fresh, path)
}

fn read(path: &Path) -> Option<BTreeMap<Key, Arc<Point>>> {
    let file = std::fs::File::open(path).ok()?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).ok()?;
    let mut rest = bytes.strip_prefix(MAGIC.as_slice())?;
    let mut points = BTreeMap::new();
    while !rest.is_empty() {
        let key: Key = take(&mut rest, 16)?.try_into().ok()?;
        points.insert(key, Arc::new(read_point(&mut rest)?));
    }
    Some(points)
}

fn write_point(into: &mut Vec<u8>, point: &Point) {
    for value in [point.estimate, point.standard_error, point.effect, point.z] {
        into.extend(value.to_le_bytes());
    }
    into.extend((point.n as u64).to_le_bytes());
    into.push(u8::from(!point.warnings.is_empty()));
    into.push(u8::from(point.against.is_some()));
    write_draws(into, &point.toward);
    if let Some(against) = &point.against {
        write_draws(into, against);
    }
}

fn write_draws(into: &mut Vec<u8>, draws: &Draws) {
    into.extend((draws.z.len() as u32).to_le_bytes());
    for value in draws.effect.iter().chain(&draws.z) {
        into.extend(((value * Point::GRID) as i16).to_le_bytes());
    }
}

fn read_point(rest: &mut &[u8]) -> Option<Point> {
    let mut number = || Some(f64::from_le_bytes(take(rest, 8)?.try_into().ok()?));
    let (estimate, standard_error, effect, z) = (number()?, number()?, number()?, number()?);
    let n = u64::from_le_bytes(take(rest, 8)?.try_into().ok()?) as usize;
    let warned = take(rest, 1)?[0] == 1;
    let has_against = take(rest, 1)?[0] == 1;
    let toward = read_draws(rest)?;
    let against = if has_against { Some(read_draws(rest)?) } else { None };
    let warnings = if warned { vec![Point::NO_VARIATION] } else { Vec::new() };
    Some(Point { estimate, standard_error, effect, z, n, toward, against, warnings })
}

fn read_draws(rest: &mut &[u8]) -> Option<Draws> {
    let count = u32::from_le_bytes(take(rest, 4)?.try_into().ok()?) as usize;
    let mut half = || {
        let bytes = take(rest, count.checked_mul(2)?)?;
        Some(
            bytes
                .chunks_exact(2)
                .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / Point::GRID)
                .collect(),
        )
    };
    Some(Draws { effect: half()?, z: half()? })
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}
