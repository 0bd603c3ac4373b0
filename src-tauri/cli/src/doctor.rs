//! `bluetick doctor`: checks what exists so far, one line each, with the cure. Shows no secret.

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use bluetick_core::chat::time::Timestamp;
use bluetick_core::chat::view::{Outcome, Trouble, TroubleKind, Way};
use bluetick_core::engine::{challenge_of, now};
use bluetick_core::notify::{self, service_name};
use bluetick_core::receiver::UNSIGNED_COUNTER;
use bluetick_core::settings::{KeptUrl, SecretPlace, Settings, last_listener};
use bluetick_core::store::{ARCHIVE_FILE, Lock, Reader, StoreError};
use bluetick_core::tunnel::{Proof, Tempo, Token, prove, sentence};

/// What a check found.
enum Finding {
    Good(String),
    Notice(String),
    Bad(String),
}

pub(crate) fn run(data_dir: &Path) -> anyhow::Result<()> {
    let findings = [
        ("data directory", directory(data_dir)),
        ("engine", engine(data_dir)),
        ("settings", settings(data_dir)),
        ("archive", archive(data_dir)),
        ("deliveries", deliveries(data_dir)),
        ("port", port()),
        ("public URL", public_url(data_dir)),
        ("outages", outages(data_dir)),
        ("notifications", notifications()),
    ];
    let mut out = std::io::stdout().lock();
    let mut bad = 0;
    for (what, finding) in findings {
        let (mark, words) = match finding {
            Finding::Good(words) => ("ok", words),
            Finding::Notice(words) => ("note", words),
            Finding::Bad(words) => {
                bad += 1;
                ("BAD", words)
            }
        };
        writeln!(out, "{mark:4}  {what}: {words}")?;
    }
    anyhow::ensure!(bad == 0, "{bad} of the checks failed");
    Ok(())
}

fn directory(data_dir: &Path) -> Finding {
    let shown = data_dir.display();
    match std::fs::metadata(data_dir) {
        Ok(found) if found.is_dir() => private(data_dir, &found),
        Ok(_) => Finding::Bad(format!("{shown} is a file; choose another with --data-dir")),
        Err(_) => Finding::Notice(format!(
            "{shown} does not exist yet; it is made at first start"
        )),
    }
}

#[cfg(unix)]
fn private(data_dir: &Path, found: &std::fs::Metadata) -> Finding {
    use std::os::unix::fs::PermissionsExt;
    let shown = data_dir.display();
    if found.permissions().mode() & 0o077 == 0 {
        Finding::Good(shown.to_string())
    } else {
        Finding::Bad(format!("others can look into it; run: chmod 700 '{shown}'"))
    }
}

/// Windows gives a user's data directory to that user alone.
#[cfg(not(unix))]
fn private(data_dir: &Path, _found: &std::fs::Metadata) -> Finding {
    Finding::Good(data_dir.display().to_string())
}

fn engine(data_dir: &Path) -> Finding {
    match Lock::take(data_dir) {
        Ok(_) => Finding::Notice("not running".to_owned()),
        Err(StoreError::InUse(_)) => Finding::Good(match last_listener(data_dir) {
            Some(address) => format!("running, listening on {address}"),
            None => "running".to_owned(),
        }),
        Err(_) => Finding::Notice("never started".to_owned()),
    }
}

fn settings(data_dir: &Path) -> Finding {
    match Settings::load(data_dir) {
        Ok(None) => Finding::Notice("none yet".to_owned()),
        Ok(Some(settings)) => {
            let unusable = settings
                .addresses
                .iter()
                .find(|address| address.require_signature && address.secrets.app_secret.is_none());
            if let Some(address) = unusable {
                return Finding::Bad(format!(
                    "{} requires signatures but has no app secret; run: bluetick address --label '{0}' --app-secret-stdin",
                    address.label
                ));
            }
            let place = settings.secret_place.describe(data_dir);
            match settings.secret_place {
                SecretPlace::Keyring => Finding::Good(format!("secrets are in {place}")),
                SecretPlace::File => Finding::Notice(format!(
                    "there was no keyring at first start, secrets are in {place}, readable by you only"
                )),
            }
        }
        Err(error) => Finding::Bad(error.to_string()),
    }
}

fn archive(data_dir: &Path) -> Finding {
    if !data_dir.join(ARCHIVE_FILE).exists() {
        return Finding::Notice("none yet".to_owned());
    }
    match Reader::open(data_dir).and_then(|reader| reader.integrity()) {
        Ok(answer) if answer == "ok" => Finding::Good("sound".to_owned()),
        Ok(answer) => Finding::Bad(format!(
            "damaged ({answer}); keep a copy, then export what can be read"
        )),
        Err(error) => Finding::Bad(error.to_string()),
    }
}

fn deliveries(data_dir: &Path) -> Finding {
    let Ok(reader) = Reader::open(data_dir) else {
        return Finding::Notice("none yet".to_owned());
    };
    let count = |outcome| reader.count_deliveries(outcome).unwrap_or(0);
    let (unread, rejected) = (count(Outcome::Unread), count(Outcome::Rejected));
    let unsigned = reader.counter(UNSIGNED_COUNTER).unwrap_or(0);
    let words = format!(
        "{unread} not understood, {rejected} rejected, {unsigned} without the signature asked for"
    );
    if reader.is_reread_advised().unwrap_or(false) {
        Finding::Notice(format!(
            "{words}; an earlier version read them, which understood less; run: bluetick reinterpret"
        ))
    } else if unread + rejected == 0 && unsigned == 0 {
        Finding::Good(words)
    } else {
        Finding::Notice(format!("{words}; see: bluetick deliveries"))
    }
}

fn port() -> Finding {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, 4280)) {
        Ok(_) => Finding::Good("4280 is free".to_owned()),
        Err(_) => Finding::Notice(
            "4280 is taken, by a running Bluetick or by something else; the next free one is used then".to_owned(),
        ),
    }
}

/// Asks the public URL what only the engine of this data directory can answer, as the engine itself does.
fn public_url(data_dir: &Path) -> Finding {
    let Ok(Some(settings)) = Settings::load(data_dir) else {
        return Finding::Notice("none yet".to_owned());
    };
    let setup = settings.public_url.setup();
    let url = match setup.way {
        Way::Off => {
            return Finding::Notice(
                "none, so only this computer can post; see: bluetick public-url --help".to_owned(),
            );
        }
        Way::Ngrok if !setup.has_token => {
            return Finding::Bad(
                "there is no ngrok token; run: bluetick public-url --ngrok-token-stdin".to_owned(),
            );
        }
        Way::Ngrok => KeptUrl::load(data_dir).ok().and_then(|kept| kept.url),
        Way::Own => setup.own_url,
    };
    if !matches!(Lock::take(data_dir), Err(StoreError::InUse(_))) {
        return Finding::Notice("not looked at: Bluetick is not running".to_owned());
    }
    let Some(url) = url else {
        return Finding::Notice("not proven yet; Bluetick says why when it is open".to_owned());
    };
    match ask(&url, &settings) {
        Ok(proof) => Finding::Good(format!("{url} leads here ({} ms)", proof.milliseconds)),
        Err(trouble) => {
            let words = sentence(trouble.kind);
            let code = trouble.code.or(trouble.detail).unwrap_or_default();
            Finding::Bad(format!("{url}: {words} {code}").trim_end().to_owned())
        }
    }
}

fn ask(url: &str, settings: &Settings) -> Result<Proof, Trouble> {
    let challenge = challenge_of(&settings.addresses);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let failed = |error: std::io::Error| Trouble {
        detail: Some(error.to_string()),
        ..Trouble::plain(TroubleKind::UrlUnreachable)
    };
    let proxy = match settings.public_url.settings.way {
        Way::Ngrok => settings.public_url.proxy.as_ref(),
        Way::Own | Way::Off => None,
    };
    let proxy = proxy.map(|proxy| Token::new(proxy.reveal().to_owned()));
    let asked = prove(url, &challenge, proxy.as_ref(), Tempo::default().probe, now);
    runtime.map_err(failed)?.block_on(asked)
}

/// The last time that providers could not reach this computer.
fn outages(data_dir: &Path) -> Finding {
    let outages = Reader::open(data_dir).and_then(|reader| reader.outages());
    let Ok(Some(last)) = outages.map(|outages| outages.into_iter().next()) else {
        return Finding::Good("none so far".to_owned());
    };
    let at = |millis| Timestamp::from_millis(millis).rfc3339();
    let words = sentence(last.trouble.kind);
    let began = at(last.began_at);
    match last.ended_at {
        Some(ended) => Finding::Good(format!(
            "the last from {began} to {}: {words}; {} messages came late",
            at(ended),
            last.late
        )),
        None => Finding::Notice(format!("since {began}: {words}")),
    }
}

fn notifications() -> Finding {
    let asked = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| notify::Trouble::Refused(error.to_string()))
        .and_then(|runtime| runtime.block_on(service_name()));
    match asked {
        Ok(name) => Finding::Good(format!("shown by {name}")),
        Err(reason) => Finding::Notice(if cfg!(target_os = "linux") {
            format!(
                "no popups in this session ({reason}); start a notification service such as dunst"
            )
        } else {
            format!("no popups in this session ({reason}); allow them in the system's settings")
        }),
    }
}
