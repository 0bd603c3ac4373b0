//! An agent's connection that can stop moving bytes without being closed.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Lets bytes pass until it is shut, which is for good.
#[derive(Default)]
pub(super) struct Gate(AtomicBool);

impl Gate {
    /// Holds everything up from now on.
    pub(super) fn shut(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Nobody is woken: what waits here ends with its connection.
    fn poll_pass(&self) -> Poll<()> {
        if self.0.load(Ordering::Relaxed) {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    }
}

/// The connection, with a gate in the way of both directions.
pub(super) struct Link {
    tcp: TcpStream,
    gate: Arc<Gate>,
}

impl Link {
    /// Puts the gate in the way.
    pub(super) fn new(tcp: TcpStream, gate: Arc<Gate>) -> Self {
        Self { tcp, gate }
    }
}

impl AsyncRead for Link {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(self.gate.poll_pass());
        Pin::new(&mut self.tcp).poll_read(context, into)
    }
}

impl AsyncWrite for Link {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        from: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.gate.poll_pass());
        Pin::new(&mut self.tcp).poll_write(context, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.gate.poll_pass());
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }
}
