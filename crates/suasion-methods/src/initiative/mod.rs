//! Who acts and who reacts: vector autoregressions of series, and self-exciting counts of dated
//! acts (Goldstein & Freeman 1991; Hawkes 1971). Neither sees intent: initiative is what the
//! others' recorded acts do not predict.

mod autoregression;
mod hawkes;
mod hawkes_fit;
mod response;

pub use autoregression::{Autoregression, Causality, Criteria, order_criteria};
pub use hawkes::{CountModel, Hawkes, HawkesOptions, Shares, Stream};
pub use response::Responses;
