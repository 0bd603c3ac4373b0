//! The picture of who wrote, as the window draws it: initials on a colour that stays with the conversation.
//!
//! Services of notifications take a file. It is drawn once, from nothing but the initials, and kept for its owner only; a
//! picture of the person is never fetched.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use sha2::{Digest, Sha256};
use unicode_segmentation::UnicodeSegmentation;

use super::content::is_steering;

/// Width and height of the picture, in pixels.
const SIZE: u32 = 128;

/// Pictures that are kept. Beyond it all are drawn anew as they are needed.
const KEPT: usize = 1_024;

/// Background and ink of each conversation in turn, those of the window (`ui/src/frame/Avatar.svelte`).
const HUES: [(&str, &str); 8] = [
    ("#dfe4ff", "#2a3896"),
    ("#ffe1d6", "#8a3413"),
    ("#d7f0ea", "#0f5a4c"),
    ("#f3ddf6", "#762a84"),
    ("#fcecc4", "#704f00"),
    ("#d8ecfb", "#11557f"),
    ("#fbdde6", "#90224a"),
    ("#e5edd2", "#475d10"),
];

/// One person, and several, where there are no initials. From Lucide (ISC), 24 units wide.
const PERSON: &str = r#"<circle cx="12" cy="8" r="5"/><path d="M20 21a8 8 0 0 0-16 0"/>"#;
const PEOPLE: &str = r#"<path d="M18 21a8 8 0 0 0-16 0"/><circle cx="10" cy="8" r="5"/><path d="M22 20c0-3.37-2-6.5-4-8a5 5 0 0 0-.45-8.3"/>"#;

/// Fonts to write initials in, the first that is there. Others are fallen back on for scripts that it lacks.
const FONTS: [&str; 8] = [
    "Noto Sans",
    "Cantarell",
    "Inter",
    "DejaVu Sans",
    "Liberation Sans",
    "Segoe UI",
    "Helvetica Neue",
    "Arial",
];

/// Whose picture it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    hue: usize,
    figure: Figure,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Figure {
    Initials(String),
    Person,
    People,
}

impl Face {
    /// That of a conversation.
    #[must_use]
    pub fn of(conversation: i64, title: &str, group: bool) -> Self {
        let letters = initials(title);
        Self {
            hue: usize::try_from(conversation).unwrap_or(0) % HUES.len(),
            figure: match (group, letters.is_empty()) {
                (true, _) => Figure::People,
                (false, true) => Figure::Person,
                (false, false) => Figure::Initials(letters),
            },
        }
    }

    fn svg(&self, font: &str) -> String {
        let (paper, ink) = HUES[self.hue];
        let figure = match &self.figure {
            Figure::Initials(letters) => format!(
                r#"<text x="64" y="81" text-anchor="middle" font-family="{font}" font-size="48" font-weight="600" fill="{ink}">{}</text>"#,
                letters.replace('&', "&amp;").replace('<', "&lt;")
            ),
            Figure::Person => drawn(PERSON, ink),
            Figure::People => drawn(PEOPLE, ink),
        };
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}"><circle cx="64" cy="64" r="64" fill="{paper}"/>{figure}</svg>"#
        )
    }
}

fn drawn(paths: &str, ink: &str) -> String {
    format!(
        r#"<g transform="translate(28 28) scale(3)" fill="none" stroke="{ink}" stroke-width="2" stroke-linecap="round">{paths}</g>"#
    )
}

/// The first letters of the first and the last word; nothing where the title is a number or has no letters.
fn initials(title: &str) -> String {
    let plain: String = title
        .chars()
        .map(|c| if is_steering(c) { ' ' } else { c })
        .collect();
    let mut words = plain
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_alphabetic));
    let first = words.next();
    let ends = first.into_iter().chain(words.next_back());
    let letters = ends.filter_map(|word| word.graphemes(true).next());
    letters.map(str::to_uppercase).collect()
}

/// The file of the picture in this directory, drawn as needed. `None` without anybody to show, or if it cannot be drawn: a
/// popup does without.
pub(super) async fn file(directory: &Path, face: Option<&Face>) -> Option<PathBuf> {
    let (directory, face) = (directory.to_owned(), face?.clone());
    let drawn = tokio::task::spawn_blocking(move || draw_once(&directory, &face)).await;
    match drawn {
        Ok(Ok(path)) => Some(path),
        Ok(Err(error)) => {
            tracing::debug!(%error, "a popup goes without its picture");
            None
        }
        Err(_) => None,
    }
}

fn draw_once(directory: &Path, face: &Face) -> std::io::Result<PathBuf> {
    let mut name = String::new();
    for byte in &Sha256::digest(face.svg(""))[..16] {
        // Writing to a text cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    let path = directory.join(format!("{name}.png"));
    if path.exists() {
        return Ok(path);
    }
    let picture = draw(face).ok_or_else(|| std::io::Error::other("it cannot be drawn"))?;
    if fs::read_dir(directory)?.count() >= KEPT {
        for entry in fs::read_dir(directory)? {
            fs::remove_file(entry?.path())?;
        }
    }
    // Whole or not at all: the service reads it at once. Such files are for their owner only.
    let mut file = tempfile::NamedTempFile::new_in(directory)?;
    file.write_all(&picture)?;
    file.persist(&path)?;
    Ok(path)
}

fn draw(face: &Face) -> Option<Vec<u8>> {
    let mut options = Options::default();
    let mut font = "";
    if matches!(face.figure, Figure::Initials(_)) {
        let fonts = options.fontdb_mut();
        fonts.load_system_fonts();
        font = FONTS.into_iter().find(|&name| {
            let families = [fontdb::Family::Name(name)];
            let query = fontdb::Query {
                families: &families,
                ..fontdb::Query::default()
            };
            fonts.query(&query).is_some()
        })?;
    }
    let tree = Tree::from_str(&face.svg(font), &options).ok()?;
    let mut picture = Pixmap::new(SIZE, SIZE)?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::{Face, Figure, draw, draw_once, initials};

    #[test]
    fn initials_are_those_of_the_window() {
        // The same table as in `ui/src/chat/plain.test.ts`.
        for (title, expected) in [
            ("Anna Berger", "AB"),
            ("anna maria von berger", "AB"),
            ("Élodie", "É"),
            ("محمد السيد", "ما"),
            ("+43 660 1234567", ""),
            ("👩‍👩‍👧‍👦", ""),
            ("\u{202e}evil name", "EN"),
            ("", ""),
        ] {
            assert_eq!(initials(title), expected, "{title:?}");
        }
    }

    #[test]
    fn a_face_is_drawn_once_and_for_its_owner() {
        let directory = tempfile::tempdir().expect("a place for temporary files");
        let faces = directory.path();
        let face = Face::of(3, "Ada <Lovelace>", false);
        let first = draw_once(faces, &face).expect("it is drawn");
        assert_eq!(draw_once(faces, &face).expect("it is there"), first);
        let of_other = draw_once(faces, &Face::of(4, "Ada <Lovelace>", false));
        assert_ne!(of_other.expect("it is drawn"), first, "another colour");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&first)
                .expect("it is there")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn every_figure_leaves_ink_on_the_paper() {
        let (paper, ink) = ([0xdf, 0xe4, 0xff], [0x2a, 0x38, 0x96]);
        for (title, group, figure) in [
            ("Ada", false, Figure::Initials("A".to_owned())),
            ("محمد", false, Figure::Initials("م".to_owned())),
            ("+43 660", false, Figure::Person),
            ("Ada & family", true, Figure::People),
        ] {
            let face = Face::of(8, title, group);
            assert_eq!(face.figure, figure);
            let png = draw(&face).expect("it is drawn");
            let picture = resvg::tiny_skia::Pixmap::decode_png(&png).expect("a picture");
            let colours = || {
                let pixels = picture.pixels().iter();
                pixels.map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
            };
            assert!(
                colours().filter(|colour| *colour == paper).count() > 4_000,
                "{title}"
            );
            assert!(
                colours().filter(|colour| *colour == ink).count() > 100,
                "{title}"
            );
        }
    }
}
