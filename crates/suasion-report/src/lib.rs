//! What may be said: views of an assessment, with figures and citations.
//!
//! [`Report::of`] turns an assessment into views: sentences, numbers, tables and figures. The
//! renderers only lay them out, so that HTML, Markdown and CSV say the same.

pub mod evidence;
pub mod figures;
pub mod render;
pub mod tables;
pub mod views;

pub use evidence::{EvidenceBook, Number};
pub use figures::Figure;
pub use views::Report;
