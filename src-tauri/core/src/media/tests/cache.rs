//! The folder.

use std::fs::{self, File};
use std::time::SystemTime;

use super::*;

fn keep(cache: &Cache, key: &str, bytes: &[u8]) -> MediaState {
    let mut part = cache.part().expect("a part");
    part.write(bytes).expect("room");
    part.keep(cache, key).expect("a file")
}

#[test]
fn a_file_is_remembered_by_its_key() {
    let dir = TempDir::new().expect("a directory");
    let media = dir.path().join("deep").join("media");
    let cache = Cache::open(&media).expect("a cache");
    assert_eq!(cache.state(KEY), MediaState::Remote);
    let known = keep(&cache, KEY, PNG);
    let unknown = keep(&cache, "../../etc/passwd", b"<svg onload='alert(1)'/>");
    let again = Cache::open(&media).expect("the same cache");
    assert_eq!(again.state(KEY), known);
    assert_eq!(again.state("../../etc/passwd"), unknown);
    let MediaState::Here {
        path,
        mime_type,
        size,
    } = unknown
    else {
        panic!("not here")
    };
    assert_eq!(mime_type, None);
    assert_eq!(size, 24);
    assert!(
        path.starts_with(&media.display().to_string()) && path.ends_with(".bin"),
        "{path}"
    );
    again.forget(KEY).expect("removed");
    again.forget(KEY).expect("nothing to remove");
    assert_eq!(cache.state(KEY), MediaState::Remote);
    assert_eq!(fs::read_dir(&media).expect("the folder").count(), 1);
}

#[cfg(unix)]
#[test]
fn the_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let dir = TempDir::new().expect("a directory");
    let media = dir.path().join("media");
    fs::create_dir(&media).expect("a folder");
    fs::set_permissions(&media, PermissionsExt::from_mode(0o755)).expect("rights");
    let cache = Cache::open(&media).expect("a cache");
    let MediaState::Here { path, .. } = keep(&cache, KEY, PNG) else {
        panic!("not here")
    };
    let mode =
        |path: &std::path::Path| fs::metadata(path).expect("it").permissions().mode() & 0o777;
    assert_eq!(mode(&media), 0o700);
    assert_eq!(mode(path.as_ref()), 0o600);
}

#[cfg(unix)]
#[test]
fn a_link_is_no_file() {
    let dir = TempDir::new().expect("a directory");
    let cache = Cache::open(dir.path()).expect("a cache");
    let MediaState::Here { path, .. } = keep(&cache, KEY, PNG) else {
        panic!("not here")
    };
    fs::remove_file(&path).expect("removed");
    std::os::unix::fs::symlink("/etc/passwd", &path).expect("a link");
    assert_eq!(cache.state(KEY), MediaState::Remote);
}

#[test]
fn what_a_crash_left_is_swept_out() {
    let dir = TempDir::new().expect("a directory");
    let (old, new) = (dir.path().join(".part-old"), dir.path().join(".part-new"));
    let long_ago = SystemTime::now() - Duration::from_secs(2 * 60 * 60);
    File::create(&old)
        .and_then(|file| file.set_modified(long_ago))
        .expect("an old part");
    File::create(&new).expect("a part that may be in the works");
    Cache::open(dir.path()).expect("a cache");
    assert!(!old.exists() && new.exists());
}
