//! The server.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::routes::{Pages, router};

/// Serves until the process ends; `ready` is told the address, with the port that was given out
/// where port 0 was asked for.
pub fn serve(pages: Pages, address: SocketAddr, ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await?;
        ready(listener.local_addr()?);
        axum::serve(listener, router(pages)).await
    })
}
