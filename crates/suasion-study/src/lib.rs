//! What is asked and claimed, and how it fares.
//!
//! A [`Study`] names a power, a region, rivals, a period and sources. [`open`] reads it with its
//! files; [`Assessment::run`] builds the panels, diagnoses, phases and verdicts.

pub mod assessment;
mod citations;
pub mod claim;
pub mod diagnosis;
pub mod ledger;
pub mod multiverse;
pub mod open;
pub mod periodisation;
pub mod phases;
pub mod selector;
pub mod study;
pub mod verdict;
pub mod wording;

pub use assessment::Assessment;
pub use open::{OpenStudy, StudyFiles, open, open_archive};
pub use study::Study;
pub use verdict::{Finding, Verdict};
