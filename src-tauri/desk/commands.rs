//! What the page may ask. The list of names is in `permissions/chat-window.toml`.

use bluetick_core::chat::view::{
    ConversationQuery, ConversationRow, MessageDetails, MessagePage, Part, SearchResults, Snapshot,
    TestOutcome, ViewEvent,
};
use tauri::State;
use tauri::ipc::Channel;

use super::{Desk, Error};

type Answer<T> = Result<T, Error>;

/// How things are now; everything that changes from then on is sent to `events`. An engine that did not start is tried again.
#[tauri::command]
pub async fn subscribe(desk: State<'_, Desk>, events: Channel<ViewEvent>) -> Answer<Snapshot> {
    let (snapshot, feed) = desk.started().await?.watch().await?;
    desk.page.connect(events, feed);
    Ok(snapshot)
}

/// A part of the conversation list.
#[tauri::command]
pub async fn conversations(
    desk: State<'_, Desk>,
    query: ConversationQuery,
) -> Answer<Vec<ConversationRow>> {
    desk.ask(move |reader| reader.conversations(&query)).await
}

/// One conversation's line in the list.
#[tauri::command]
pub async fn conversation(desk: State<'_, Desk>, id: i64) -> Answer<ConversationRow> {
    desk.ask(move |reader| reader.conversation(id)).await
}

/// A page of a conversation.
#[tauri::command]
pub async fn messages(desk: State<'_, Desk>, conversation: i64, part: Part) -> Answer<MessagePage> {
    desk.ask(move |reader| reader.messages(conversation, part))
        .await
}

/// All that is known of one message.
#[tauri::command]
pub async fn message_details(desk: State<'_, Desk>, message: i64) -> Answer<MessageDetails> {
    desk.ask(move |reader| reader.message_details(message))
        .await
}

/// Marks everything in a conversation as seen.
#[tauri::command]
pub async fn mark_read(desk: State<'_, Desk>, conversation: i64) -> Answer<()> {
    Ok(desk.engine().await?.store().mark_read(conversation).await?)
}

/// Finds people and messages.
#[tauri::command]
pub async fn search(desk: State<'_, Desk>, text: String) -> Answer<SearchResults> {
    desk.ask(move |reader| reader.search(&text)).await
}

/// Posts a sample message to the own hook.
#[tauri::command]
pub async fn send_test(desk: State<'_, Desk>) -> Answer<TestOutcome> {
    Ok(desk.engine().await?.send_test().await?)
}
