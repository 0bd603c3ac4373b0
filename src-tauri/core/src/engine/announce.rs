//! Tells popups about what arrived, from a durable cursor: what was confirmed but not told before a crash is told after it.

use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use super::ask;
use crate::chat::change::Change;
use crate::chat::view::Direction;
use crate::notify::Popups;
use crate::notify::policy::{self, Moment, News};
use crate::store::{Arrival, Reader, Result, Store};

/// Name of the cursor.
const CURSOR: &str = "popups";

/// Arrivals that are told about at a time.
const BATCH: usize = 256;

/// Tells about everything that arrives, until `stop`.
pub(super) async fn run(store: Store, popups: Popups, stop: CancellationToken) {
    let mut changes = store.changes();
    let mut moment = Moment::Start;
    loop {
        if let Err(error) = tell(&store, &popups, moment).await {
            tracing::error!(%error, "popups are held up");
        }
        moment = Moment::Running;
        loop {
            let change = tokio::select! {
                change = changes.recv() => change,
                () = stop.cancelled() => return,
            };
            match change {
                Ok(Change::Message {
                    direction: Direction::In,
                    ..
                })
                | Err(RecvError::Lagged(_)) => break,
                Ok(_) => {}
                Err(RecvError::Closed) => return,
            }
        }
    }
}

async fn tell(store: &Store, popups: &Popups, moment: Moment) -> Result<()> {
    let mut cursor = ask(store.reader(), |reader| reader.cursor(CURSOR)).await?;
    loop {
        let (last, news) = ask(store.reader(), move |reader| news(reader, cursor)).await?;
        let Some(last) = last else {
            return Ok(());
        };
        for popup in policy::popups(&news, moment) {
            popups.show(popup).await;
        }
        store.advance_cursor(CURSOR, last).await?;
        cursor = last;
    }
}

/// What arrived after the cursor and has not been seen in the window meanwhile, and how far that goes.
fn news(reader: &Reader, cursor: i64) -> Result<(Option<i64>, Vec<News>)> {
    let arrivals = reader.arrivals(cursor, BATCH)?;
    let last = arrivals.last().map(|arrival| arrival.number);
    let news = arrivals
        .into_iter()
        .filter(|arrival| arrival.unread)
        .map(|arrival| describe(reader, arrival))
        .collect::<Result<_>>()?;
    Ok((last, news))
}

fn describe(reader: &Reader, arrival: Arrival) -> Result<News> {
    let message = reader.message(arrival.message)?;
    let conversation = reader.conversation(message.conversation)?;
    Ok(News {
        conversation: conversation.id,
        title: conversation.title,
        author: message.author,
        preview: message.preview,
    })
}
