//! Distributions that methods need: functions of the normal, draws from a truncated one.

pub mod normal;
mod tails;
mod truncated;

pub use tails::{chi_squared_upper, f_upper, student_t_two_sided};

pub(crate) use truncated::truncated_normal;
