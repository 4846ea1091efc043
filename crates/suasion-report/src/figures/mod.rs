//! Figures by kuva, each with one sentence that says what it shows.

mod cooperation;
mod curve;
mod curve_layout;
mod dependence;
mod diagnoses;
mod instruments;
mod memberships;
mod orbit;
mod phases;
mod style;
mod verdicts;

use kuva::backend::pdf::PdfBackend;
use kuva::backend::raster::RasterBackend;
use kuva::backend::svg::SvgBackend;
use kuva::render::render::Scene;
use suasion_archive::Problem;
use suasion_study::Assessment;

/// A drawn figure with its words.
pub struct Figure {
    /// Name of its files.
    pub name: String,
    /// Title.
    pub title: String,
    /// One sentence: what it shows.
    pub sentence: String,
    /// How to read it.
    pub reading: String,
    scene: Scene,
}

impl std::fmt::Debug for Figure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// Pixels of a PNG for one unit of the drawing: enough for print.
const PRINT_SCALE: f32 = 3.0;

impl Figure {
    /// The title as a sentence of its own.
    pub fn heading(&self) -> String {
        if self.title.ends_with(['?', '.', '!']) { self.title.clone() } else { format!("{}.", self.title) }
    }

    /// The figure as SVG, to stand in a page.
    pub fn svg(&self) -> String {
        style::scalable(&SvgBackend::new().render_scene(&self.scene), &self.title)
    }

    /// The figure as PNG.
    pub fn png(&self) -> Result<Vec<u8>, Problem> {
        RasterBackend::new()
            .with_scale(PRINT_SCALE)
            .render_scene(&self.scene)
            .map_err(|error| self.failed(&error))
    }

    /// The figure as PDF.
    pub fn pdf(&self) -> Result<Vec<u8>, Problem> {
        PdfBackend::new().render_scene(&self.scene).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &str) -> Problem {
        Problem::new(format!("cannot draw figure `{}`: {error}", self.name))
    }
}

pub(crate) use curve::READING;
pub use curve::figure as curve;

/// All figures that the assessment has data for.
pub fn all(assessment: &Assessment<'_>) -> Vec<Figure> {
    let mut figures = vec![cooperation::figure(assessment)];
    figures.extend(instruments::figure(assessment));
    figures.extend(memberships::figure(assessment));
    figures.extend(phases::figure(assessment));
    figures.extend(diagnoses::figures(assessment));
    figures.extend(orbit::figure(assessment));
    figures.extend(dependence::figure(assessment));
    figures.extend(verdicts::figure(assessment));
    figures
}
