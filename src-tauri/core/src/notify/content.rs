//! Text of strangers, made safe for a notification service.
//!
//! Some services read the body as markup, the title never: unescaped, `5 < 6` loses text and a link can claim to be another. A
//! NUL breaks the bus connection. Direction overrides turn `moc.live` into `evil.com` (knowledge: notifications §2.2).

use unicode_segmentation::UnicodeSegmentation;

/// Longest title, in grapheme clusters.
const TITLE_LENGTH: usize = 80;

/// Longest body, in grapheme clusters.
const BODY_LENGTH: usize = 300;

/// Most lines of a body.
const BODY_LINES: usize = 4;

/// How a service reads a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyForm {
    /// As it is.
    Plain,
    /// As the small markup of the freedesktop specification.
    #[cfg_attr(
        not(any(test, target_os = "linux")),
        expect(dead_code, reason = "no other system reads markup")
    )]
    Markup,
}

/// The title.
pub(super) fn title(text: &str) -> String {
    cut(&without_controls(text).replace('\n', " "), TITLE_LENGTH)
}

/// The body.
pub(super) fn body(text: &str, form: BodyForm) -> String {
    let lines: Vec<String> = without_controls(text)
        .lines()
        .take(BODY_LINES)
        .map(str::to_owned)
        .collect();
    let text = cut(&lines.join("\n"), BODY_LENGTH);
    match form {
        BodyForm::Plain => text,
        BodyForm::Markup => text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;"),
    }
}

fn without_controls(text: &str) -> String {
    text.chars()
        .filter(|c| *c == '\n' || !is_steering(*c))
        .collect()
}

/// Whether a character is not shown itself but changes how those around it are: the same as in `ui/src/chat/plain.ts`.
pub(super) fn is_steering(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns
}

fn cut(text: &str, length: usize) -> String {
    let mut graphemes = text.graphemes(true);
    let mut kept: String = graphemes.by_ref().take(length).collect();
    if graphemes.next().is_some() {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{BODY_LENGTH, BodyForm, body, title};

    #[test]
    fn markup_is_shown_and_not_obeyed() {
        let text = "5 < 6 && <a href=\"http://evil.example\">bank</a>";
        assert_eq!(
            body(text, BodyForm::Markup),
            "5 &lt; 6 &amp;&amp; &lt;a href=\"http://evil.example\"&gt;bank&lt;/a&gt;"
        );
        assert_eq!(body(text, BodyForm::Plain), text);
        assert_eq!(title("<b>Ada</b>"), "<b>Ada</b>", "titles are never markup");
    }

    #[test]
    fn what_breaks_the_bus_or_turns_text_around_is_gone() {
        assert_eq!(title("a\u{0}b\u{202e}c\u{2066}d\ne\u{7}"), "abcd e");
        assert_eq!(body("a\u{0}\nb\u{202e}c", BodyForm::Plain), "a\nbc");
        assert_eq!(title("مرحبا 👨‍👩‍👧"), "مرحبا 👨‍👩‍👧");
    }

    #[test]
    fn long_texts_are_cut_before_they_are_escaped() {
        let shown = body(&"<".repeat(BODY_LENGTH * 2), BodyForm::Markup);
        assert_eq!(shown, format!("{}…", "&lt;".repeat(BODY_LENGTH)));
        assert_eq!(body("1\n2\n3\n4\n5", BodyForm::Plain), "1\n2\n3\n4");
    }
}
