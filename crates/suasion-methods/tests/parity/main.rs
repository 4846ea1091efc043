//! Numbers against reference implementations. Each case is a folder with what generated it, the
//! versions, inputs and expected values, and a README that says which conventions differ; the
//! module of its name compares.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod case;

mod agreement;
mod change_points;
mod composite;
mod convergence;
mod distributions;
mod diversity;
mod first;
mod hawkes;
mod item_response;
mod local_projection;
mod regression;
mod resample;
mod trend;
mod vector_autoregression;
