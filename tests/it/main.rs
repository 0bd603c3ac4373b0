//! Tests of the whole without its window: real processes, sockets, archives and notification services.
//!
//! Everything here is what a user, a provider or a script could see from outside; what is inside a room is tested in the room.

#[path = "../support/mod.rs"]
mod support;

#[path = "../edge/mod.rs"]
mod edge;

mod architecture;
mod bluetick;
mod cli;
mod crash;
mod flow;
mod ipc;
mod limits;
mod payloads;
// The popups of other systems can be neither read nor clicked by a program.
#[cfg(target_os = "linux")]
mod popups;
mod receiver;
mod reinterpret;
mod send_test;
mod tunnel;
