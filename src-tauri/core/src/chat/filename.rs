//! Names of files that strangers chose.
//!
//! A name in a payload is untrusted: it may be a path, may hide its extension behind characters that turn the direction of
//! writing, or may mean something to a shell or a file system. What comes out of here can be shown and can be the name of a
//! file on Linux, Windows and macOS.

use unicode_segmentation::UnicodeSegmentation;

/// Longest name, in bytes of UTF-8. File systems take 255; this leaves room for a number before the extension.
const LONGEST: usize = 200;

/// Longest extension that is kept when a name is shortened, in bytes, with its dot.
const LONGEST_EXTENSION: usize = 16;

/// Names that Windows keeps for devices, whatever their extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A name that is safe to show and to save under. `None` where nothing is left of it.
#[must_use]
pub fn safe(told: &str) -> Option<String> {
    let last = told.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !is_invisible(*c)).collect();
    let kept: String = kept
        .chars()
        .map(|c| if r#"<>:"|?*"#.contains(c) { '_' } else { c })
        .collect();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept = kept
        .trim_start_matches(['.', ' '])
        .trim_end_matches(['.', ' ']);
    if kept.is_empty() {
        return None;
    }
    let kept = shorten(kept);
    Some(if is_device(&kept) {
        format!("_{kept}")
    } else {
        kept
    })
}

/// Control characters, and those that change the direction of writing or take no room: they can only deceive.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_lowercase();
    let numbered = |port: &str| {
        stem.strip_prefix(port).is_some_and(|number| {
            number.chars().count() == 1 && number.chars().all(|c| c.is_ascii_digit())
        })
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// Cuts the stem between graphemes and keeps the extension, which says what the file is.
fn shorten(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let extension = name
        .rfind('.')
        .map(|dot| &name[dot..])
        .filter(|extension| extension.len() <= LONGEST_EXTENSION)
        .unwrap_or_default();
    let stem = &name[..name.len() - extension.len()];
    let mut short = String::new();
    for grapheme in stem.graphemes(true) {
        if short.len() + grapheme.len() + extension.len() > LONGEST {
            break;
        }
        short.push_str(grapheme);
    }
    format!("{}{extension}", short.trim_end_matches(['.', ' ']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONGEST, safe};

    #[test]
    fn names_are_names_and_nothing_else() {
        let table = [
            ("invoice.pdf", Some("invoice.pdf")),
            ("Ünïcödé – 测试.docx", Some("Ünïcödé – 测试.docx")),
            ("../../etc/passwd", Some("passwd")),
            (r"C:\Windows\system32\evil.exe", Some("evil.exe")),
            ("photo\u{202e}gpj.exe", Some("photogpj.exe")),
            ("a\u{0}b\n c.txt", Some("ab c.txt")),
            ("what?*.txt", Some("what__.txt")),
            (".bashrc", Some("bashrc")),
            ("CON.txt", Some("_CON.txt")),
            ("com1", Some("_com1")),
            ("common.txt", Some("common.txt")),
            ("trailing. . ", Some("trailing")),
            ("..", None),
            ("/", None),
            ("\u{200b}\u{feff}", None),
            ("", None),
        ];
        for (told, expected) in table {
            assert_eq!(safe(told).as_deref(), expected, "{told:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let short = safe(&format!("{}.pdf", "ä".repeat(300))).expect("something is left");
        assert!(short.len() <= LONGEST);
        assert!(short.ends_with("ä.pdf"), "{short}");
    }

    proptest! {
        #[test]
        fn nothing_safe_is_a_path(told in any::<String>()) {
            if let Some(name) = safe(&told) {
                prop_assert!(!name.is_empty() && name.len() <= LONGEST + 1);
                prop_assert!(!name.contains(['/', '\\', '\0', ':']));
                prop_assert!(!name.starts_with('.') && !name.ends_with(['.', ' ']));
                let again = safe(&name);
                prop_assert_eq!(again.as_deref(), Some(name.as_str()), "what is safe stays as it is");
            }
        }
    }
}
