//! The one connection to ngrok: what it is doing, and a way to cut it from outside.
//!
//! The crate never notices that a connection is dead and cannot end one (knowledge: tunnel §1, defects 1, 3 and 4). So every
//! connection that is handed to it can be cut here, and tells here when it breaks.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::{Notify, watch};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

use crate::chat::view::Trouble;

/// What the connection is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Doing {
    /// It is being made; so many tries have failed, the last one with this.
    Dialing(u32, Option<Trouble>),
    /// It stands, the how many-th one.
    Standing(u64),
    /// It broke.
    Broken,
}

/// A handle on the connection. Clones are of the same one.
#[derive(Clone)]
pub(super) struct Line(Arc<Inner>);

struct Inner {
    doing: watch::Sender<Doing>,
    /// Cuts the stream of now. Held for a few instructions.
    cut: Mutex<CancellationToken>,
    /// There is to be no connection any more.
    closed: CancellationToken,
    hurry: Notify,
    /// Connections that stood since something came through one.
    unproven: AtomicU32,
}

impl Line {
    pub(super) fn new() -> Self {
        Self(Arc::new(Inner {
            doing: watch::channel(Doing::Dialing(0, None)).0,
            cut: Mutex::default(),
            closed: CancellationToken::new(),
            hurry: Notify::new(),
            unproven: AtomicU32::new(0),
        }))
    }

    pub(super) fn doing(&self) -> watch::Receiver<Doing> {
        self.0.doing.subscribe()
    }

    /// What went wrong last, while there is no connection.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        match &*self.0.doing.borrow() {
            Doing::Dialing(_, trouble) => trouble.clone(),
            Doing::Standing(_) | Doing::Broken => None,
        }
    }

    /// A try has failed.
    pub(super) fn failed(&self, tries: u32, trouble: Trouble) {
        self.0
            .doing
            .send_replace(Doing::Dialing(tries, Some(trouble)));
    }

    /// Cuts the connection that stands, if one does.
    pub(super) fn cut(&self) {
        self.lock().cancel();
    }

    /// Ends waiting between two tries.
    pub(super) fn hurry(&self) {
        self.0.hurry.notify_waiters();
    }

    /// Ends for good: cuts what stands, and nothing is dialed any more.
    pub(super) fn close(&self) {
        self.0.closed.cancel();
        self.cut();
    }

    /// Resolves when this line is closed.
    pub(super) async fn closed(&self) {
        self.0.closed.cancelled().await;
    }

    pub(super) fn is_closed(&self) -> bool {
        self.0.closed.is_cancelled()
    }

    /// Resolves at the next [`Line::hurry`].
    pub(super) async fn hurried(&self) {
        self.0.hurry.notified().await;
    }

    /// Something came through the connection that stands.
    pub(super) fn proven(&self) {
        self.0.unproven.store(0, Ordering::Relaxed);
    }

    /// Connections in a row that stood and broke without anything having come through them.
    pub(super) fn in_vain(&self) -> u32 {
        self.0.unproven.load(Ordering::Relaxed)
    }

    /// Takes a fresh connection into care.
    pub(super) fn stands<S>(&self, stream: S) -> Cuttable<S> {
        let token = self.0.closed.child_token();
        *self.lock() = token.clone();
        self.0.unproven.fetch_add(1, Ordering::Relaxed);
        let count = NEXT.fetch_add(1, Ordering::Relaxed);
        self.0.doing.send_replace(Doing::Standing(count));
        Cuttable {
            stream,
            cut_reading: Box::pin(token.clone().cancelled_owned()),
            cut_writing: Box::pin(token.cancelled_owned()),
            line: self.clone(),
            count,
        }
    }

    fn broke(&self, count: u64) {
        self.0.doing.send_if_modified(|doing| {
            let is_this = *doing == Doing::Standing(count);
            if is_this {
                *doing = Doing::Broken;
            }
            is_this
        });
    }

    fn lock(&self) -> MutexGuard<'_, CancellationToken> {
        // It is one value, whole at every moment.
        self.0.cut.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells connections apart.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// A connection that can be cut from outside and tells when it breaks.
pub(super) struct Cuttable<S> {
    stream: S,
    // One for each direction: they are polled by different tasks, and a future wakes only the last that polled it.
    cut_reading: Pin<Box<WaitForCancellationFutureOwned>>,
    cut_writing: Pin<Box<WaitForCancellationFutureOwned>>,
    line: Line,
    count: u64,
}

impl<S> Cuttable<S> {
    fn seen<T>(&self, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if let Poll::Ready(Err(_)) = outcome {
            self.line.broke(self.count);
        }
        outcome
    }

    fn reset<T>(&self) -> Poll<io::Result<T>> {
        self.seen(Poll::Ready(Err(io::ErrorKind::ConnectionReset.into())))
    }
}

impl<S> Drop for Cuttable<S> {
    fn drop(&mut self) {
        self.line.broke(self.count);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Cuttable<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.cut_reading.as_mut().poll(context).is_ready() {
            return self.reset();
        }
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Poll::Ready(Ok(())) = outcome
            && buffer.filled().len() == before
        {
            self.line.broke(self.count);
        }
        self.seen(outcome)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Cuttable<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.cut_writing.as_mut().poll(context).is_ready() {
            return self.reset();
        }
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.seen(outcome)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.cut_writing.as_mut().poll(context).is_ready() {
            return self.reset();
        }
        let outcome = Pin::new(&mut self.stream).poll_flush(context);
        self.seen(outcome)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.cut_writing.as_mut().poll(context).is_ready() {
            return self.reset();
        }
        let outcome = Pin::new(&mut self.stream).poll_shutdown(context);
        self.seen(outcome)
    }
}
