//! Bluetick, the desktop app. See the library for the map of the house.

// A release on Windows opens no console beside its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    bluetick_desktop_lib::desk::run()
}
