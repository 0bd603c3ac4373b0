//! Texts of strangers on the screen, as they are and no more.

use super::recorder::Recorder;
use super::{PopupEngine, as_shown};
use crate::support::data_dir::DataDir;
use crate::support::payload::Customer;
use crate::support::session::{Bus, Desktop};

/// What was written, and what is to be read.
const TEXTS: [(&str, &str); 9] = [
    ("5 < 6 && 7 > 3 &amp; so", "5 < 6 && 7 > 3 &amp; so"),
    (
        "<a href=\"http://evil.example\">http://bank.example</a>",
        "<a href=\"http://evil.example\">http://bank.example</a>",
    ),
    (
        "<b>bold</b> <img src=\"x\"/>",
        "<b>bold</b> <img src=\"x\"/>",
    ),
    ("before\u{0}after", "beforeafter"),
    ("\u{1b}[31mred\u{7}", "[31mred"),
    ("\u{202e}moc.live", "moc.live"),
    ("\u{2066}a\u{2069}\u{200f}b", "ab"),
    ("مرحبا 👨‍👩‍👧 שלום", "مرحبا 👨‍👩‍👧 שלום"),
    ("&lt;i&gt;", "&lt;i&gt;"),
];

const STRANGER: Customer = Customer {
    number: "15550200",
    name: "\u{202e}<u>Str\u{0}anger</u>",
};

const SHOWN_NAME: &str = "<u>Stranger</u>";

#[test]
fn a_service_that_reads_markup_shows_the_letters() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let engine = PopupEngine::on(&desktop, &data_dir);
    for (at, (written, read)) in TEXTS.iter().enumerate() {
        engine.receive(&format!("wamid.{at}"), STRANGER, written);
        desktop.wait_for_popups(1);
        let closed = desktop.close_popups();
        assert_eq!(as_shown(&closed[0].body), *read);
        assert_eq!(closed[0].title, SHOWN_NAME, "titles are never markup");
    }
}

#[test]
fn a_service_that_reads_none_gets_the_letters() {
    const DISMISSED: u32 = 2;
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    let screen = Recorder::start_with(&bus, &["body"]);
    let engine = PopupEngine::start(&data_dir, |command| {
        bus.enter(command);
    });
    for (at, (written, read)) in TEXTS.iter().enumerate() {
        engine.receive(&format!("wamid.{at}"), STRANGER, written);
        let shown = screen.wait_for(&[(SHOWN_NAME, read)]);
        assert_eq!(shown[0].actions, Vec::<String>::new(), "it has no buttons");
        screen.close(SHOWN_NAME, DISMISSED);
    }
}
