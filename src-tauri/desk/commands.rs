//! What the page may ask. The list of names is in `permissions/chat-window.toml`.

use bluetick_core::chat::view::{
    ConversationQuery, ConversationRow, DeliveryRow, LogQuery, MediaState, MessageDetails,
    MessagePage, Part, SearchResults, Snapshot, TestOutcome, ViewEvent,
};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, Runtime, State, Url};

use super::{Desk, Error};

/// What every command returns.
pub type Answer<T> = Result<T, Error>;

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

/// A part of the event log, newest first.
#[tauri::command]
pub async fn event_log(desk: State<'_, Desk>, query: LogQuery) -> Answer<Vec<DeliveryRow>> {
    desk.ask(move |reader| reader.deliveries(query)).await
}

/// The bytes of one delivery, as text.
#[tauri::command]
pub async fn delivery_body(desk: State<'_, Desk>, id: i64) -> Answer<String> {
    let bytes = desk.ask(move |reader| reader.delivery_body(id)).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Puts a notice about the account away.
#[tauri::command]
pub async fn dismiss_notice(desk: State<'_, Desk>, id: i64) -> Answer<()> {
    Ok(desk.engine().await?.store().dismiss_notice(id).await?)
}

/// Starts to read every kept delivery again; the events tell how it goes.
#[tauri::command]
pub async fn start_reread(desk: State<'_, Desk>) -> Answer<()> {
    desk.engine().await?.start_reread();
    Ok(())
}

/// Stops reading everything again.
#[tauri::command]
pub async fn stop_reread(desk: State<'_, Desk>) -> Answer<()> {
    desk.engine().await?.stop_reread();
    Ok(())
}

/// Opens a page in the user's browser. Only https: whatever else a message names must not be started.
#[tauri::command]
pub async fn open_link(url: String) -> Answer<()> {
    let is_web = Url::parse(&url).is_ok_and(|url| url.scheme() == "https" && url.has_host());
    if !is_web {
        return Err(Error::failed("only https links can be opened"));
    }
    open::that_detached(url).map_err(|error| Error::failed(&error.to_string()))
}

/// Where the file of a message is. What is in the cache becomes readable to the page.
#[tauri::command]
pub async fn media_state<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    message: i64,
) -> Answer<MediaState> {
    let state = desk.engine().await?.media_state(message).await?;
    allow(&app, &state)?;
    Ok(state)
}

/// Fetches the file of a message.
#[tauri::command]
pub async fn download_media<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    message: i64,
) -> Answer<MediaState> {
    let state = desk.engine().await?.download_media(message).await?;
    allow(&app, &state)?;
    Ok(state)
}

/// Keeps the token that the provider wants to see before it gives out files.
#[tauri::command]
pub async fn set_media_token(desk: State<'_, Desk>, token: String) -> Answer<()> {
    Ok(desk.engine().await?.set_media_token(token).await?)
}

/// Lets the page read this one file, if it is of a format that the page shows.
fn allow<R: Runtime>(app: &AppHandle<R>, state: &MediaState) -> Answer<()> {
    match state {
        MediaState::Here {
            path,
            mime_type: Some(_),
            ..
        } => app
            .asset_protocol_scope()
            .allow_file(path)
            .map_err(|error| Error::failed(&error.to_string())),
        MediaState::Here { .. } | MediaState::Remote => Ok(()),
    }
}
