//! Dynamic ideal points of states from roll-call votes (Bailey, Strezhnev & Voeten 2017, Journal
//! of Conflict Resolution 61:430–456).
//!
//! A state i in session t has a position θ on one line. On roll call v it holds the latent value
//! z = β_v θ_it + ε, ε ~ N(0, 1), and votes yes below the first of two cut-points, no above the
//! second and abstains between. Positions follow a random walk whose step depends on how many
//! votes a session has. Two estimators share the data ([`Ballots`]) and the answer
//! ([`IdealPoint`]): the paper's sampler ([`sample`]) and the same steps without draws ([`variational`]).

mod ballots;
mod response;
mod roll_call_fit;
mod rules;
mod sampler;
mod start;
mod variational;

pub use ballots::{Ballots, Session};
pub use rules::{Ballot, Choice, RollCall, Rules};
pub use sampler::{Sample, SamplerOptions, sample};
pub use start::Anchors;
pub use variational::{Variational, VariationalOptions, variational};

/// The position of a state in a session, on a scale with mean 0 and standard deviation 1 over all
/// states and sessions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IdealPoint {
    /// The state.
    pub state: u32,
    /// The session.
    pub session: u32,
    /// Votes that it cast in the session, of those that were scaled.
    pub ballots: usize,
    /// Posterior mean.
    pub position: f64,
    /// Posterior standard deviation.
    pub standard_deviation: f64,
    /// Posterior quantiles at 5, 10, 50, 90 and 95 %; by the normal approximation without sampling.
    pub quantiles: [f64; 5],
}

/// Levels of [`IdealPoint::quantiles`].
pub const QUANTILE_LEVELS: [f64; 5] = [0.05, 0.1, 0.5, 0.9, 0.95];
