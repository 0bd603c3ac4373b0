//! The app beside an empty window: memory with a window and without, the time to open it again, and what it does when nothing
//! happens.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::frame::{close_window, titles};
use crate::percentile;
use crate::processes::{memory, used};
use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{MINA, text};
use crate::support::process::{Running, program};
use crate::support::session::Desktop;
use crate::support::wait::eventually;
use crate::tray_host::TrayHost;

/// How often the window is opened again.
const OPENINGS: usize = 21;

/// How long everything is left alone before it is measured: caches are filled, and garbage is collected.
const REST: Duration = Duration::from_secs(10);

/// How long nothing happens, for the count of what is done all the same.
const IDLE: Duration = Duration::from_secs(30);

/// Measures and prints.
pub(crate) fn measure() {
    let yardstick = yardstick();
    let app = app();
    let percent = |of: u64, than: u64| of * 100 / than.max(1);
    println!("Memory (PSS of the process tree), beside an empty Tauri window:");
    println!(
        "  window open: {} KiB, yardstick {} KiB: {} %",
        app.open,
        yardstick.open,
        percent(app.open, yardstick.open)
    );
    println!(
        "  in the tray: {} KiB, yardstick without its web view {} KiB: {} %",
        app.closed,
        yardstick.closed,
        percent(app.closed, yardstick.closed)
    );
    println!("Opening the window again, from the wish to the first paint, {OPENINGS} times:");
    let mut openings = app.openings;
    println!(
        "  median {} ms, p95 {} ms",
        percentile(&mut openings, 50),
        percentile(&mut openings, 95)
    );
}

struct Measured {
    open: u64,
    closed: u64,
    openings: Vec<u64>,
}

fn enter<'a>(desktop: &Desktop, command: &'a mut Command) -> &'a mut Command {
    command
        // Without a graphics card, these ways of drawing show nothing.
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
        .stderr(Stdio::null());
    desktop.enter(command)
}

fn yardstick() -> Measured {
    let (desktop, home) = (Desktop::start(), DataDir::new());
    let examples: PathBuf = program("bluetick-desktop").with_file_name("examples");
    let mut command = Command::new(examples.join("empty-window"));
    command
        .env("HOME", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null());
    let mut process = Running::spawn(enter(&desktop, &mut command));
    std::thread::sleep(REST);
    let open = memory(process.id());
    let input = process
        .child
        .stdin
        .as_mut()
        .expect("the input was asked for");
    writeln!(input, "close").expect("it listens");
    std::thread::sleep(REST);
    Measured {
        open,
        closed: memory(process.id()),
        openings: Vec::new(),
    }
}

fn app_command(data_dir: &DataDir) -> Command {
    let mut command = Command::new(program("bluetick-desktop"));
    command
        .env("BLUETICK_DATA_DIR", data_dir.path())
        .env("HOME", data_dir.path())
        .stdout(Stdio::null());
    command
}

fn app() -> Measured {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let host = TrayHost::start(&desktop.bus);
    let mut command = app_command(&data_dir);
    // With a conversation in it, the page is the one that is open all day, and not that of the first start.
    let first = Running::spawn(enter(&desktop, command.arg("--hidden")));
    let hook = eventually("it says where it listens", || data_dir.hook());
    assert_eq!(
        post(&hook, text("wamid.1", MINA, "Hello").to_string()).status,
        200
    );
    drop(first);
    let mut command = app_command(&data_dir);
    let process = Running::spawn(enter(&desktop, &mut command));
    let paints = || {
        let log = fs::read_to_string(data_dir.path().join("logs/bluetick.log")).unwrap_or_default();
        let painted = log
            .lines()
            .filter(|line| line.contains("the window is painted"));
        let millis = painted.filter_map(|line| line.rsplit_once('=')?.1.trim().parse::<u64>().ok());
        millis.collect::<Vec<u64>>()
    };
    eventually("the window is painted", || {
        (paints().len() == 1).then_some(())
    });
    std::thread::sleep(REST);
    let open = memory(process.id());
    idle("with its window open", process.id());

    close_window(&desktop);
    std::thread::sleep(REST);
    let closed = memory(process.id());
    idle("in the tray", process.id());
    for _ in 0..OPENINGS {
        let before = paints().len();
        host.choose("Open Bluetick");
        eventually("the window is painted", || {
            (paints().len() > before).then_some(())
        });
        close_window(&desktop);
        eventually("the window is gone", || {
            titles(&desktop).is_empty().then_some(())
        });
    }
    Measured {
        open,
        closed,
        openings: paints().split_off(1),
    }
}

fn idle(how: &str, process: u32) {
    let (before, began) = (used(process), Instant::now());
    std::thread::sleep(IDLE);
    let ((switches, millis), took) = (used(process).since(&before), began.elapsed());
    println!(
        "Idle {how}, for {took:.0?}: {:.2} wake-ups a second, {millis} ms of processor time",
        switches as f64 / took.as_secs_f64(),
    );
}
