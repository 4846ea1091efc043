//! The report's views, served on this machine.
//!
//! [`Pages`] are rendered once; [`serve`] answers from them. Only loopback is bound unless the
//! caller names another address.

mod routes;
mod server;

pub use routes::Pages;
pub use server::serve;
