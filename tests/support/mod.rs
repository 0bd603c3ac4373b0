//! What both test binaries use: processes that end with the test, a session of their own, and deliveries.

pub(crate) mod data_dir;
pub(crate) mod http;
pub(crate) mod payload;
pub(crate) mod process;
#[cfg(target_os = "linux")]
pub(crate) mod session;
pub(crate) mod wait;
