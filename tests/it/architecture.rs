//! The rules of `design/architecture.md` that a compiler does not hold.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Who may know whom in the core: a whole room, or one module of it. The engine may know all.
const MAY_KNOW: [(&str, &[&str]); 9] = [
    ("chat", &[]),
    ("webhook", &["chat"]),
    ("store", &["chat", "webhook"]),
    ("receiver", &["chat::time", "settings", "store", "webhook"]),
    ("media", &["chat"]),
    ("notify", &["chat"]),
    ("settings", &["chat::time", "chat::view"]),
    ("tunnel", &["chat::time", "chat::view"]),
    ("sample", &["chat", "tunnel"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file below a folder with one of these endings, with its text; nothing that others made.
fn sources(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

fn collect(path: &Path, endings: &[&str], found: &mut Vec<(String, String)>) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if path.is_dir() {
        if name == "node_modules" || name == "generated" {
            return;
        }
        for entry in fs::read_dir(path).expect("a folder of the repo can be listed") {
            collect(&entry.expect("it can be listed").path(), endings, found);
        }
    } else if endings.iter().any(|ending| name.ends_with(ending)) {
        let shown = path.strip_prefix(root()).expect("it is in the repo");
        let text = fs::read_to_string(path).expect("sources are text");
        found.push((shown.display().to_string(), text));
    }
}

/// Lines of Rust that are no comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

#[test]
fn tauri_is_known_to_the_desk_alone() {
    for (file, text) in sources("src-tauri", &[".rs"]) {
        let may = file.starts_with("src-tauri/desk/") || file == "src-tauri/build.rs";
        let knows = code(&text).any(|line| line.contains("tauri::") || line.contains("use tauri"));
        assert!(may || !knows, "{file} knows Tauri");
    }
    let manifest = fs::read_to_string(root().join("src-tauri/core/Cargo.toml"));
    let manifest = manifest.expect("the core has a manifest");
    assert!(!manifest.contains("tauri"), "the core is free of Tauri");
}

#[test]
fn tauri_is_known_to_one_file_of_the_page() {
    for (file, text) in sources("ui/src", &[".ts", ".svelte"]) {
        let may = file == "ui/src/host/tauri.ts" || file.ends_with(".test.ts");
        assert!(may || !text.contains("@tauri-apps"), "{file} knows Tauri");
    }
}

#[test]
fn rooms_know_only_whom_they_may() {
    let mut mistakes = BTreeSet::new();
    for (room, known) in MAY_KNOW {
        for (file, text) in sources("src-tauri/core/src", &[".rs"]) {
            let place = file.strip_prefix("src-tauri/core/src/").expect("in there");
            if identifier(place) != room {
                continue;
            }
            let code: Vec<_> = code(&text).collect();
            for other in rooms_named(&code.join("\n")) {
                let whole = identifier(&other);
                let may = known.contains(&whole) || known.contains(&other.as_str());
                if whole != room && !may {
                    mistakes.insert(format!("{file} knows {other}"));
                }
            }
        }
    }
    assert!(mistakes.is_empty(), "{mistakes:#?}");
}

/// Every room that is named as `crate::room` or in `use crate::{room, …}`, with the module where one is named: `room::module`.
fn rooms_named(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, start) in code.match_indices("crate::") {
        let rest = &code[at + start.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            named.insert(room_and_module(rest));
            continue;
        };
        let mut depth = 0;
        let mut first = true;
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => first = true,
                c if first && depth == 0 && c.is_alphabetic() => {
                    named.insert(room_and_module(&list[at..]));
                    first = false;
                }
                _ => {}
            }
        }
    }
    named
}

fn room_and_module(path: &str) -> String {
    let room = identifier(path);
    let module = path[room.len()..].strip_prefix("::").map(identifier);
    match module.filter(|name| name.starts_with(char::is_lowercase)) {
        Some(module) => format!("{room}::{module}"),
        None => room.to_owned(),
    }
}

#[test]
fn rooms_are_found_however_they_are_imported() {
    let code = "use crate::chat::{time, view};\nuse crate::chat::time::Timestamp;\nuse crate::{\n    store::{Reader, Store},\n    notify,\n};\nlet x = crate::engine::now();";
    let named: Vec<_> = rooms_named(code).into_iter().collect();
    assert_eq!(
        named,
        ["chat", "chat::time", "engine::now", "notify", "store"]
    );
}

#[test]
fn every_room_has_its_arrows() {
    let lib = fs::read_to_string(root().join("src-tauri/core/src/lib.rs"));
    let lib = lib.expect("the core has a root");
    let rooms: BTreeSet<_> = code(&lib)
        .filter_map(|line| line.strip_prefix("pub mod "))
        .map(|rest| identifier(rest).to_owned())
        .collect();
    let described = MAY_KNOW.iter().map(|(room, _)| (*room).to_owned());
    let described: BTreeSet<_> = described.chain(["engine".to_owned()]).collect();
    assert_eq!(rooms, described, "a new room needs its line in this test");
}

#[test]
fn names_say_what_things_are() {
    const EMPTY_WORDS: [&str; 5] = ["Manager", "Service", "Helper", "Util", "Processor"];
    const KINDS: [&str; 7] = [
        "struct ",
        "enum ",
        "trait ",
        "type ",
        "class ",
        "interface ",
        "union ",
    ];
    let folders = ["src-tauri", "tests", "ui/src"];
    for (file, text) in folders
        .iter()
        .flat_map(|folder| sources(folder, &[".rs", ".ts", ".svelte"]))
    {
        for line in code(&text) {
            for (at, kind) in KINDS
                .iter()
                .filter_map(|kind| Some((line.find(kind)?, kind)))
            {
                let before = &line[..at];
                let is_definition = before.is_empty() || before.ends_with([' ', '\t']);
                let name = identifier(&line[at + kind.len()..]);
                let empty = EMPTY_WORDS.iter().find(|word| name.contains(**word));
                assert!(
                    !is_definition || empty.is_none(),
                    "{file}: {name} says nothing"
                );
            }
        }
    }
}

#[test]
fn the_page_never_makes_markup_of_text() {
    for (file, text) in sources("ui/src", &[".ts", ".svelte"]) {
        let mut words = vec![
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
        ];
        // In TypeScript it is a text like any other; hostile fixtures have it.
        if file.ends_with(".svelte") {
            words.push("{@html");
        }
        for word in words {
            let may = file.ends_with(".test.ts");
            assert!(may || !text.contains(word), "{file} has {word}");
        }
    }
}

#[test]
fn what_the_window_may_call_is_what_there_is() {
    let permission = fs::read_to_string(root().join("src-tauri/permissions/chat-window.toml"));
    let permission = permission.expect("the window has a permission");
    let list = between(&permission, "commands.allow = [", "]");
    let allowed: BTreeSet<_> = list
        .split(',')
        .map(|name| name.trim().trim_matches('"'))
        .filter(|name| !name.is_empty())
        .collect();
    let desk = fs::read_to_string(root().join("src-tauri/desk/mod.rs"));
    let desk = desk.expect("there is a desk");
    let registered: BTreeSet<_> = between(&desk, "generate_handler![", "]")
        .split(',')
        .map(|path| path.trim())
        .map(|path| path.rsplit_once("::").map_or(path, |(_, name)| name))
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(allowed, registered);
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).expect("the list starts");
    rest.split_once(end).expect("the list ends").0
}
