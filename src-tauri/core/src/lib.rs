//! Bluetick without its window.
//!
//! People who own a WhatsApp Business number have its messages forwarded to a URL; this is what stands at that URL. The sentence
//! that everything here serves: *a 200 means it is on your disk, and you will see it.*
//!
//! # Rooms
//! - [`chat`]: the domain. Pure; knows nobody.
//! - [`webhook`]: the languages that providers speak, read into the domain's words. Pure.
//! - [`store`]: the archive in SQLite.
//! - [`receiver`]: the HTTP door.
//! - [`tunnel`]: the public URL, and whether it leads here.
//! - [`media`]: fetches the file of a message when the user asks for it, and from nowhere else than the provider.
//! - [`notify`]: native popups.
//! - [`settings`]: what the user decided, and secrets.
//! - [`sample`]: payloads to try it with.
//! - [`engine`]: wires the rooms together for the window and the command line.
//!
//! # Way of a message
//! receiver → [`store::Store::record`] → commit → 200, and only then [`chat::change::Change`] to whoever listens: the window, the
//! popups, the command line. One direction; a listener that needs more than the change asks the archive.
//!
//! # Invariants
//! - The 200 is written after the transaction that holds the raw bytes was committed and synced.
//! - What cannot be understood is kept, marked and confirmed; one bad item never spoils its neighbours.
//! - The same delivery twice changes nothing the second time, and the order of deliveries does not matter.
//! - Nothing slow stands before the confirmation.
//! - No log line holds a message, a name, a number or a secret.
//!
//! Deliberately absent: Tauri, GTK, a display. A server can run all of this.

pub mod chat;
pub mod engine;
pub mod media;
pub mod notify;
pub mod receiver;
pub mod sample;
pub mod settings;
pub mod store;
pub mod tunnel;
pub mod webhook;
