//! One line of plain text for every kind of message: for the list, for popups, and for kinds that have no bubble of their own.

use unicode_segmentation::UnicodeSegmentation;

use super::content::{CallOutcome, Content, MediaForm};

/// Longest preview, in grapheme clusters. More fits no list and no popup.
pub const PREVIEW_LENGTH: usize = 140;

/// The line for a message of this content, with its words if it has any. `kind` is the payload's own word, which is all there is
/// to say of what is not understood.
#[must_use]
pub fn of(kind: &str, content: &Content, words: Option<&str>) -> String {
    let words = words.map(one_line).filter(|words| !words.is_empty());
    let line = match content {
        Content::Text => words.unwrap_or_else(|| "Empty message".to_owned()),
        Content::Media { file } => {
            labelled(form(file.form), words.or_else(|| file.filename.clone()))
        }
        Content::MediaPlaceholder => "Media".to_owned(),
        Content::Location { name, address, .. } => {
            labelled("Location", name.as_ref().or(address.as_ref()).cloned())
        }
        Content::Contacts { cards } => {
            let first = cards.first().and_then(|card| {
                let phone = card.phones.first().map(|phone| &phone.value);
                card.name.as_ref().or(phone).cloned()
            });
            match cards.len() {
                0 | 1 => labelled("Contact", first),
                more => labelled(&format!("{more} contacts"), first),
            }
        }
        Content::Button { .. } | Content::ButtonReply { .. } | Content::ListReply { .. } => {
            labelled("Reply", words)
        }
        Content::FormReply { name, .. } => match name.as_deref() {
            Some("address_message") => labelled("Address", words),
            Some(_) | None => labelled("Form filled in", words),
        },
        Content::CallPermission { granted, .. } => match granted {
            Some(true) => "Calls allowed".to_owned(),
            Some(false) => "Calls not allowed".to_owned(),
            None => "Answer about calls".to_owned(),
        },
        Content::PaymentMethod { method, .. } => labelled("Payment method", method.clone()),
        Content::Interactive { form } => labelled("Reply", words.or_else(|| form.clone())),
        Content::Order { items, .. } => {
            let count = match items.len() {
                1 => "Order of 1 item".to_owned(),
                more => format!("Order of {more} items"),
            };
            labelled(&count, words)
        }
        Content::System { .. } => words.unwrap_or_else(|| "News about this customer".to_owned()),
        Content::Welcome => "Opened the chat".to_owned(),
        Content::Unsupported { wanted } => match (wanted, words) {
            (_, Some(words)) => words,
            (Some(wanted), None) => {
                format!("Not passed on by WhatsApp: {}", plain_word(wanted))
            }
            (None, None) => "A message that WhatsApp does not pass on".to_owned(),
        },
        Content::Call { outcome, seconds } => call(*outcome, *seconds),
        Content::Bytes { .. } => "SMS with binary content".to_owned(),
        Content::Unknown => labelled(&unknown(kind), words),
    };
    one_line(&line)
}

/// What to call a file.
const fn form(form: MediaForm) -> &'static str {
    match form {
        MediaForm::Image => "Photo",
        MediaForm::Video => "Video",
        MediaForm::Audio => "Audio",
        MediaForm::Voice => "Voice message",
        MediaForm::Document => "Document",
        MediaForm::Sticker => "Sticker",
    }
}

/// What to call a call.
fn call(outcome: CallOutcome, seconds: Option<i64>) -> String {
    match (outcome, seconds) {
        (CallOutcome::Ringing, _) => "Call".to_owned(),
        (CallOutcome::Missed, _) => "Missed call".to_owned(),
        (CallOutcome::Rejected, _) => "Call turned down".to_owned(),
        (CallOutcome::Accepted, _) | (CallOutcome::Completed, None) => "Call taken".to_owned(),
        (CallOutcome::Completed, Some(seconds)) => {
            format!("Call, {}:{:02}", seconds / 60, seconds % 60)
        }
    }
}

/// What to call a kind that is not understood: the payload's own word.
fn unknown(kind: &str) -> String {
    match kind {
        "" | "unknown" => "A message that is not understood".to_owned(),
        word => format!("Message of type {}", one_line(word)),
    }
}

/// `poll_creation` as a person would write it.
fn plain_word(word: &str) -> String {
    word.replace('_', " ")
}

fn labelled(label: &str, words: Option<String>) -> String {
    match words.filter(|words| !words.is_empty()) {
        Some(words) => format!("{label}: {words}"),
        None => label.to_owned(),
    }
}

/// White space folded, control characters gone, cut at a grapheme boundary.
#[must_use]
pub fn one_line(text: &str) -> String {
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
    use super::{PREVIEW_LENGTH, of, one_line};
    use crate::chat::content::{CallOutcome, Content, MediaFile, MediaForm};

    fn photo() -> Content {
        Content::Media {
            file: MediaFile {
                form: MediaForm::Image,
                id: None,
                mime_type: None,
                sha256: None,
                size: None,
                filename: None,
                url: None,
                animated: false,
            },
        }
    }

    #[test]
    fn previews_are_one_line() {
        assert_eq!(
            of("text", &Content::Text, Some("a\n\n b\tc\u{0}d")),
            "a b cd"
        );
        assert_eq!(of("text", &Content::Text, Some(" \n")), "Empty message");
        assert_eq!(
            of("image", &photo(), Some("at the\nlake")),
            "Photo: at the lake"
        );
        assert_eq!(of("image", &photo(), Some(" ")), "Photo");
        assert_eq!(
            of("hologram", &Content::Unknown, None),
            "Message of type hologram"
        );
        let call = Content::Call {
            outcome: CallOutcome::Completed,
            seconds: Some(125),
        };
        assert_eq!(of("call", &call, None), "Call, 2:05");
    }

    #[test]
    fn long_texts_are_cut_between_graphemes() {
        let family = "👨‍👩‍👧";
        let line = one_line(&family.repeat(PREVIEW_LENGTH + 1));
        assert_eq!(line, format!("{}…", family.repeat(PREVIEW_LENGTH)));
        assert_eq!(
            one_line(&line),
            line,
            "a line stays as it is, but for its mark"
        );
    }
}
