//! The frame around the app's window, as the screen knows it: what it is called, and its button that closes; and where the
//! app listens.

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window,
};

use crate::support::data_dir::DataDir;
use crate::support::session::Desktop;

impl DataDir {
    /// Where the app on it listens, secret included; nothing before it does.
    pub(crate) fn hook(&self) -> Option<String> {
        let listener = std::fs::read_to_string(self.path().join("listener")).ok()?;
        let secrets = std::fs::read_to_string(self.path().join("secrets.toml")).ok()?;
        let secret = secrets
            .lines()
            .find_map(|line| line.strip_prefix("hook-secret = "))?;
        let secret = secret.trim_matches('"');
        Some(format!("http://{}/hook/{secret}", listener.trim()))
    }
}

/// The app's windows on the screen, with their titles.
pub(crate) fn titles(desktop: &Desktop) -> Vec<(Window, String)> {
    let (x, _) = x11rb::connect(Some(&desktop.display)).expect("the screen answers");
    let root = x.setup().roots[0].root;
    let children = x
        .query_tree(root)
        .expect("it is asked")
        .reply()
        .expect("it answers")
        .children;
    let title = |window: Window| {
        let shown = x.get_window_attributes(window).ok()?.reply().ok()?;
        let is_shown = shown.map_state == MapState::VIEWABLE;
        let name = x.get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 1_024);
        let name = String::from_utf8(name.ok()?.reply().ok()?.value).ok()?;
        (is_shown && name.ends_with("Bluetick")).then_some((window, name))
    };
    children.into_iter().filter_map(title).collect()
}

/// Closes the window as its frame's button would.
pub(crate) fn close_window(desktop: &Desktop) {
    let (window, _) = titles(desktop)
        .into_iter()
        .next()
        .expect("there is a window");
    let (x, _) = x11rb::connect(Some(&desktop.display)).expect("the screen answers");
    let atom = |name: &[u8]| {
        let asked = x.intern_atom(false, name).expect("it is asked");
        asked.reply().expect("it answers").atom
    };
    let (protocols, delete) = (atom(b"WM_PROTOCOLS"), atom(b"WM_DELETE_WINDOW"));
    let message = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
    x.send_event(false, window, EventMask::NO_EVENT, message)
        .expect("it is sent");
    // Its answer comes after everything that was asked before.
    let settled = x.get_input_focus().expect("it is asked");
    settled.reply().expect("it answers");
}
