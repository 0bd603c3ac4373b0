//! One line of plain text for every kind of message: for the list, for popups, and for kinds that have no bubble of their own.

use unicode_segmentation::UnicodeSegmentation;

/// Longest preview, in grapheme clusters. More fits no list and no popup.
pub const PREVIEW_LENGTH: usize = 140;

/// The preview of a text.
#[must_use]
pub fn of_text(text: &str) -> String {
    let line = one_line(text);
    if line.is_empty() {
        "Empty message".to_owned()
    } else {
        line
    }
}

/// The preview of a message of this kind, with the words that it carries (a caption, a file name, a title), if any.
#[must_use]
pub fn of_kind(kind: &str, words: Option<&str>) -> String {
    let label = label(kind);
    match words.map(one_line).filter(|words| !words.is_empty()) {
        Some(words) => format!("{label}: {words}"),
        None => label,
    }
}

/// What to call a kind (webhook catalogue §3). A kind never seen before is called by the payload's own word.
fn label(kind: &str) -> String {
    let known = match kind {
        "image" => "Photo",
        "video" => "Video",
        "audio" => "Audio",
        "voice" => "Voice message",
        "document" => "Document",
        "sticker" => "Sticker",
        "location" => "Location",
        "contacts" => "Contact",
        "button" | "interactive" => "Reply",
        "order" => "Order",
        "reaction" => "Reaction",
        "system" => "System message",
        "request_welcome" => "Opened the chat",
        "unsupported" | "unknown" => "A message that WhatsApp does not pass on",
        "edit" => "Edited message",
        "revoke" => "Deleted message",
        "media_placeholder" => "Media",
        other => return format!("Message of type {}", one_line(other)),
    };
    known.to_owned()
}

/// White space folded, control characters gone, cut at a grapheme boundary.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for (count, grapheme) in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .graphemes(true)
        .filter(|grapheme| !grapheme.chars().all(char::is_control))
        .enumerate()
    {
        if count == PREVIEW_LENGTH {
            line.push('…');
            break;
        }
        line.push_str(grapheme);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{PREVIEW_LENGTH, of_kind, of_text};

    #[test]
    fn previews_are_one_line() {
        assert_eq!(of_text("a\n\n b\tc\u{0}d"), "a b cd");
        assert_eq!(of_text(" \n"), "Empty message");
        assert_eq!(of_kind("image", Some("at the\nlake")), "Photo: at the lake");
        assert_eq!(of_kind("image", Some(" ")), "Photo");
        assert_eq!(of_kind("hologram", None), "Message of type hologram");
    }

    #[test]
    fn long_texts_are_cut_between_graphemes() {
        let family = "👨‍👩‍👧";
        let preview = of_text(&family.repeat(PREVIEW_LENGTH + 1));
        assert_eq!(preview, format!("{}…", family.repeat(PREVIEW_LENGTH)));
    }
}
