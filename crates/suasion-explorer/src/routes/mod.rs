//! What is served: the page, its figures and its tables.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use suasion_report::{Report, render, tables};

/// Everything that the explorer serves, rendered.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    report: String,
    figures: BTreeMap<String, String>,
    tables: BTreeMap<String, String>,
}

impl Pages {
    /// Renders a report.
    pub fn of(report: &Report<'_>) -> Result<Self, String> {
        let tables = tables::all(report).map_err(|problem| problem.to_string())?;
        Ok(Self {
            report: render::html::page(report),
            figures: report
                .figures()
                .iter()
                .map(|figure| (format!("{}.svg", figure.name), figure.svg()))
                .collect(),
            tables: tables.into_iter().map(|(name, text)| (name.to_owned(), text)).collect(),
        })
    }
}

/// The routes over rendered pages.
pub(crate) fn router(pages: Pages) -> Router {
    Router::new()
        .route("/", get(report))
        .route("/figures/{name}", get(figure))
        .route("/tables/{name}", get(table))
        .with_state(Arc::new(pages))
}

async fn report(State(pages): State<Arc<Pages>>) -> Html<String> {
    Html(pages.report.clone())
}

async fn figure(State(pages): State<Arc<Pages>>, Path(name): Path<String>) -> Response {
    found(pages.figures.get(&name), "image/svg+xml", &name)
}

async fn table(State(pages): State<Arc<Pages>>, Path(name): Path<String>) -> Response {
    found(pages.tables.get(&name), "text/csv; charset=utf-8", &name)
}

/// Names are looked up, never joined to a path.
fn found(text: Option<&String>, kind: &'static str, name: &str) -> Response {
    match text {
        Some(text) => ([(header::CONTENT_TYPE, kind)], text.clone()).into_response(),
        None => (StatusCode::NOT_FOUND, format!("there is no `{name}` here\n")).into_response(),
    }
}
