//! Settings survive restarts, and nothing is overwritten that was not understood.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{
    FIRST_ADDRESS, PopupWishes, Secret, SecretPlace, Settings, SettingsError, StatusCodeForm,
};
use crate::chat::time::Timestamp;
use crate::chat::view::{HookChange, PopupContent, PopupSettings, QuietHours};

const BY_HAND: &str = "secrets = \"file\"\n\n[[address]]\nlabel = \"default\"\n";

/// A data directory that does not ask the keyring of whoever runs this test.
fn directory() -> TempDir {
    let directory = TempDir::new().expect("a directory");
    fs::write(directory.path().join("settings.toml"), BY_HAND).expect("settings");
    directory
}

fn load(path: &Path) -> Settings {
    Settings::load_or_create(path).expect("settings")
}

#[test]
fn an_address_keeps_its_secrets() {
    let directory = directory();
    let first = load(directory.path());
    let secret = first.addresses[0].secrets.hook_secret.clone();
    assert!(secret.reveal().len() >= 32);
    assert!(
        secret
            .reveal()
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric()),
        "safe in a URL"
    );
    assert_eq!(
        load(directory.path()).addresses[0].secrets.hook_secret,
        secret
    );
    let other = load(self::directory().path());
    assert_ne!(
        other.addresses[0].secrets.hook_secret, secret,
        "each has its own"
    );
}

#[test]
fn changes_are_kept() {
    let directory = directory();
    let mut settings = load(directory.path());
    let change = HookChange {
        require_signature: Some(true),
        status_code_as_text: Some(true),
        app_secret: Some(" app\n".to_owned()),
        ..HookChange::default()
    };
    settings
        .change_address(directory.path(), FIRST_ADDRESS, change)
        .expect("changed");
    let address = &load(directory.path()).addresses[0];
    assert!(address.require_signature);
    assert_eq!(address.status_code, StatusCodeForm::Text);
    assert_eq!(
        address.secrets.app_secret.as_ref().map(Secret::reveal),
        Some("app")
    );
    let nobody = settings.change_address(directory.path(), "other", HookChange::default());
    assert!(matches!(nobody, Err(SettingsError::NoAddress(_))));
}

#[test]
fn a_file_that_is_not_understood_is_left_alone() {
    for text in [
        "secrets = ",
        "secrets = \"file\"\nadress = 1\n",
        "secrets = \"cloud\"\naddress = []\n",
    ] {
        let directory = directory();
        let path = directory.path().join("settings.toml");
        fs::write(&path, text).expect("settings");
        let error = Settings::load_or_create(directory.path()).expect_err("not understood");
        assert!(
            matches!(error, SettingsError::Malformed { .. }),
            "{text:?}: {error}"
        );
        assert!(
            error.to_string().contains("line "),
            "it says where: {error}"
        );
        assert_eq!(fs::read_to_string(&path).expect("settings"), text);
    }
}

#[test]
fn lost_secrets_are_an_error_and_no_fresh_start() {
    let directory = directory();
    let settings = load(directory.path());
    fs::write(directory.path().join("secrets.toml"), "").expect("secrets");
    let error = Settings::load_or_create(directory.path()).expect_err("they are gone");
    assert!(
        matches!(error, SettingsError::SecretsMissing(..)),
        "{error}"
    );
    assert_eq!(settings.secret_place, SecretPlace::File);
}

#[test]
fn no_debug_output_has_a_secret() {
    let directory = directory();
    let settings = load(directory.path());
    let shown = format!("{settings:?}");
    let secrets = &settings.addresses[0].secrets;
    assert!(!shown.contains(secrets.hook_secret.reveal()), "{shown}");
    assert!(!shown.contains(secrets.verify_token.reveal()), "{shown}");
}

#[test]
fn a_replaced_secret_works_until_its_grace_is_over() {
    let directory = directory();
    let mut settings = load(directory.path());
    let first = settings.addresses[0].secrets.hook_secret.clone();
    let at = Timestamp::from_millis;
    settings
        .rotate_address(directory.path(), FIRST_ADDRESS, at(1_000), at(5_000))
        .expect("rotated");
    let address = &load(directory.path()).addresses[0];
    let second = address.secrets.hook_secret.clone();
    assert_ne!(first, second);
    let let_in = |now| address.hook_secrets(at(now)).cloned().collect::<Vec<_>>();
    assert_eq!(let_in(4_999), [second.clone(), first]);
    assert_eq!(let_in(5_000), [second]);
}

#[test]
fn addresses_come_and_go_by_their_names() {
    let directory = directory();
    let mut settings = load(directory.path());
    settings
        .add_address(directory.path(), " Support ")
        .expect("added");
    let secret = settings.addresses[1].secrets.hook_secret.clone();
    for label in ["", "Support", "default", "media-token", "a\nb"] {
        let refused = settings.add_address(directory.path(), label);
        assert!(
            matches!(refused, Err(SettingsError::Unusable(_))),
            "{label:?}"
        );
    }
    let renamed = HookChange {
        label: Some("Sales".to_owned()),
        ..HookChange::default()
    };
    settings
        .change_address(directory.path(), "Support", renamed)
        .expect("renamed");
    settings
        .remove_address(directory.path(), FIRST_ADDRESS)
        .expect("removed");
    let last = settings.remove_address(directory.path(), "Sales");
    assert!(matches!(last, Err(SettingsError::Unusable(_))), "the last");
    let kept = load(directory.path()).addresses;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].label, "Sales");
    assert_eq!(
        kept[0].secrets.hook_secret, secret,
        "a name is not the secret"
    );
}

#[test]
fn a_save_that_broke_off_leaves_what_can_be_started() {
    let directory = directory();
    let mut settings = load(directory.path());
    settings
        .add_address(directory.path(), "Support")
        .expect("added");
    let document = directory.path().join("settings.toml");
    let before = fs::read_to_string(&document).expect("settings");
    // A folder in its place cannot be replaced by a file.
    fs::remove_file(&document).expect("removed");
    fs::create_dir(&document).expect("a folder");
    let removed = settings.remove_address(directory.path(), "Support");
    assert!(removed.is_err(), "it cannot be kept");
    fs::remove_dir(&document).expect("removed");
    fs::write(&document, before).expect("as it was");
    assert_eq!(load(directory.path()).addresses.len(), 2);
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let directory = TempDir::new().expect("a directory");
    let path = directory.path().join("data");
    super::prepare_directory(&path).expect("made");
    fs::write(path.join("settings.toml"), BY_HAND).expect("settings");
    let mut settings = load(&path);
    settings
        .change_address(&path, FIRST_ADDRESS, HookChange::default())
        .expect("kept");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o700);
    assert_eq!(mode(&path.join("secrets.toml")), 0o600);
    assert_eq!(mode(&path.join("settings.toml")), 0o600);
}

#[test]
fn what_was_decided_about_popups_is_kept() {
    let directory = directory();
    let mut settings = load(directory.path());
    assert_eq!(settings.popups, PopupWishes::default());
    let wanted = PopupSettings {
        content: PopupContent::Name,
        quiet: Some(QuietHours {
            from: "22:30".parse().expect("a time"),
            until: "07:00".parse().expect("a time"),
        }),
        keywords: vec![" urgent ".to_owned(), "Urgent".to_owned(), String::new()],
        ..PopupSettings::default()
    };
    settings
        .set_popups(directory.path(), wanted.clone())
        .expect("it is kept");
    let until = Some(Timestamp::from_millis(5_000));
    settings
        .pause_popups(directory.path(), until)
        .expect("it is kept");
    settings.told_of_tray(directory.path()).expect("it is kept");
    let kept = load(directory.path()).popups;
    assert_eq!(
        kept,
        PopupWishes {
            settings: PopupSettings {
                keywords: vec!["urgent".to_owned()],
                ..wanted
            },
            paused_until: until,
            told_of_tray: true,
        }
    );
    settings
        .pause_popups(directory.path(), None)
        .expect("it is kept");
    assert_eq!(load(directory.path()).popups.paused_until, None);
}

#[test]
fn words_that_cannot_be_are_refused_and_nothing_is_changed() {
    let directory = directory();
    let mut settings = load(directory.path());
    for keywords in [
        vec!["x".repeat(61)],
        vec!["two\nlines".to_owned()],
        (0..51).map(|number| number.to_string()).collect(),
    ] {
        let refused = settings.set_popups(
            directory.path(),
            PopupSettings {
                keywords,
                ..PopupSettings::default()
            },
        );
        assert!(matches!(refused, Err(SettingsError::Unusable(_))));
    }
    assert_eq!(settings.popups, PopupWishes::default());
    fs::write(
        directory.path().join("settings.toml"),
        format!("[popups.quiet]\nfrom = \"25:00\"\nuntil = \"07:00\"\n{BY_HAND}"),
    )
    .expect("settings");
    assert!(matches!(
        Settings::load_or_create(directory.path()),
        Err(SettingsError::Malformed { .. })
    ));
}
