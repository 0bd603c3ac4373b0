//! The corpus of the fuzzer, read by every test run, so that what it found once is never found again.
//!
//! `fuzz/` runs for as long as one likes and on none of the machines that test a change. What it finds is put into the corpus as
//! a small file; beside those lie seeds that are made from the catalogue, to start it from something that means something.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::catalogue;
use crate::webhook::interpret;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/interpret")
}

#[test]
fn the_corpus_of_the_fuzzer_is_read_or_refused_but_never_lost() {
    let entries = fs::read_dir(folder()).expect("the corpus is part of the repo");
    let mut files = 0;
    for entry in entries {
        let path = entry.expect("the folder can be listed").path();
        let body = fs::read(&path).expect("the file can be read");
        files += 1;
        let reading = interpret(&body);
        assert_eq!(
            reading,
            interpret(&body),
            "{}: the same twice",
            path.display()
        );
        let is_object = body.trim_ascii_start().first() == Some(&b'{');
        if let (Ok(reading), true) = (reading, is_object) {
            assert!(
                !reading.items.is_empty() || !reading.unread.is_empty(),
                "{}: an object never vanishes",
                path.display()
            );
        }
    }
    assert!(files >= 30, "{files} files lie in {}", folder().display());
}

/// Writes the seeds anew after the catalogue grew: `cargo test -p bluetick-core --lib seeds -- --ignored`.
#[test]
#[ignore = "writes into the repo"]
fn seeds_are_made_from_the_catalogue() {
    let mut lists = BTreeSet::new();
    for row in catalogue::rows() {
        // One of each list is enough to start from.
        if lists.insert(row.list()) {
            let words = row.list().split(|c: char| !c.is_ascii_alphanumeric());
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            let path = folder().join(format!("seed-{}.json", words.join("-").to_lowercase()));
            fs::write(path, row.body.to_string()).expect("the seed can be written");
        }
    }
}
