//! Distributions that methods need: functions of the normal, draws from a truncated one.

pub mod normal;
mod truncated;

pub(crate) use truncated::truncated_normal;
