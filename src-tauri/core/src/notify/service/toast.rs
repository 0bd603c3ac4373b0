//! What goes to Windows, and what comes back, in the words of its toasts. Pure.

use std::path::Path;

use super::shown::Fate;
use super::{Closed, MARK_READ};
use crate::notify::Popup;
use crate::notify::content::{self, BodyForm};

/// The popup in the language of toasts. `face` is the picture of who wrote.
pub(super) fn toast(popup: &Popup, face: Option<&Path>) -> String {
    let picture = face.and_then(address).map_or_else(String::new, |address| {
        format!(
            r#"<image placement="appLogoOverride" hint-crop="circle" src="{}"/>"#,
            escaped(&address)
        )
    });
    let title = escaped(&content::title(&popup.title));
    let body = content::body(&popup.body, BodyForm::Plain);
    // An empty line would be a line all the same.
    let body = if body.is_empty() {
        body
    } else {
        format!("<text>{}</text>", escaped(&body))
    };
    let actions = if popup.can_mark_read {
        let (arguments, label) = MARK_READ;
        format!(r#"<actions><action content="{label}" arguments="{arguments}"/></actions>"#)
    } else {
        String::new()
    };
    let audio = if popup.sound {
        r#"<audio src="ms-winsoundevent:Notification.IM"/>"#
    } else {
        r#"<audio silent="true"/>"#
    };
    format!(
        r#"<toast><visual><binding template="ToastGeneric">{picture}<text>{title}</text>{body}</binding></visual>{actions}{audio}</toast>"#
    )
}

/// A file's address. There is none for a path that is no plain one of this computer.
fn address(path: &Path) -> Option<String> {
    let path = path.to_str().filter(|path| !path.starts_with(r"\\"))?;
    let path = path
        .replace('%', "%25")
        .replace('#', "%23")
        .replace(' ', "%20");
    Some(format!("file:///{}", path.replace('\\', "/")))
}

/// Text between or inside of tags. Two characters have no way to be in XML at all, and one of them spoils the whole toast.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c => safe.push(c),
        }
    }
    safe
}

/// What the arguments of an activation mean: those of the button, or none for the toast itself.
pub(super) fn activated(arguments: &str) -> Fate {
    if arguments == MARK_READ.0 {
        Fate::MarkedRead
    } else {
        Fate::Clicked
    }
}

/// What a `ToastDismissalReason` means: 0 is the user, 1 the app. With 2, its time on the screen is over and it waits in the
/// notification centre: it is there, can be clicked, and has to be withdrawn once it was read.
pub(super) const fn dismissed(reason: i32) -> Option<Closed> {
    match reason {
        0 => Some(Closed::Dealt),
        2 => None,
        _ => Some(Closed::Expired),
    }
}

/// Why a `NotificationSetting` lets no toast be shown; `None` if it lets it.
pub(super) const fn refusal(setting: i32) -> Option<&'static str> {
    match setting {
        1 => Some("the notifications of Bluetick are turned off in the settings of Windows"),
        2 => Some("notifications are turned off in the settings of Windows"),
        3 => Some("a group policy of this computer turns notifications off"),
        4 => Some("Windows does not know Bluetick as an app that shows notifications"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Closed, Fate, Popup, activated, address, dismissed, refusal, toast};

    fn popup() -> Popup {
        Popup {
            title: "Ada".to_owned(),
            body: "Hello".to_owned(),
            face: None,
            sound: true,
            can_mark_read: true,
        }
    }

    #[test]
    fn a_toast_has_everything_in_its_place() {
        let face = Path::new(r"C:\Users\Ada L\faces\0f.png");
        assert_eq!(
            toast(&popup(), Some(face)),
            concat!(
                r#"<toast><visual><binding template="ToastGeneric">"#,
                r#"<image placement="appLogoOverride" hint-crop="circle" src="file:///C:/Users/Ada%20L/faces/0f.png"/>"#,
                r"<text>Ada</text><text>Hello</text></binding></visual>",
                r#"<actions><action content="Mark as read" arguments="mark-read"/></actions>"#,
                r#"<audio src="ms-winsoundevent:Notification.IM"/></toast>"#,
            )
        );
    }

    #[test]
    fn a_toast_has_nothing_that_it_was_not_given() {
        let bare = Popup {
            body: String::new(),
            sound: false,
            can_mark_read: false,
            ..popup()
        };
        assert_eq!(
            toast(&bare, None),
            concat!(
                r#"<toast><visual><binding template="ToastGeneric"><text>Ada</text></binding></visual>"#,
                r#"<audio silent="true"/></toast>"#,
            )
        );
    }

    #[test]
    fn words_of_strangers_stay_words() {
        let hostile = Popup {
            title: "</text><audio src='x'/> & \"\u{ffff}".to_owned(),
            body: "5 < 6\n\u{202e}\u{0}<action/>\u{fffe}".to_owned(),
            ..popup()
        };
        let toast = toast(&hostile, None);
        let title = "<text>&lt;/text&gt;&lt;audio src=&apos;x&apos;/&gt; &amp; &quot;</text>";
        assert!(toast.contains(title), "{toast}");
        assert!(
            toast.contains("<text>5 &lt; 6\n&lt;action/&gt;</text>"),
            "{toast}"
        );
    }

    #[test]
    fn a_picture_is_a_file_of_this_computer() {
        for (path, expected) in [
            (r"C:\a\b.png", Some("file:///C:/a/b.png")),
            (r"C:\100% #1\ü.png", Some("file:///C:/100%25%20%231/ü.png")),
            (r"\\server\share\b.png", None),
            (r"\\?\C:\b.png", None),
        ] {
            assert_eq!(address(Path::new(path)).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn the_button_and_the_toast_itself_are_told_apart() {
        assert_eq!(activated("mark-read"), Fate::MarkedRead);
        assert_eq!(activated(""), Fate::Clicked);
    }

    #[test]
    fn only_the_user_deals_with_a_toast_and_time_does_not_end_it() {
        let told: Vec<Option<Closed>> = (0..4).map(dismissed).collect();
        let (dealt, expired) = (Some(Closed::Dealt), Some(Closed::Expired));
        assert_eq!(told, [dealt, expired, None, expired]);
    }

    #[test]
    fn what_windows_forbids_has_a_reason() {
        let refused: Vec<i32> = (0..6)
            .filter(|&setting| refusal(setting).is_some())
            .collect();
        assert_eq!(refused, [1, 2, 3, 4]);
    }
}
