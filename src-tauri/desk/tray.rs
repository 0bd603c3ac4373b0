//! The icon in the tray: whether something is unread, whether providers get through, and a menu of the few things that one
//! wants without the window.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bluetick_core::chat::time::Timestamp;
use bluetick_core::chat::view::{PopupRow, PublicUrlRow, Quiet, UrlStatus};
use bluetick_core::engine::{self, Engine};
use tauri::image::Image;
use tauri::menu::{IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Runtime};

use super::{Desk, window};

const ICON: Image<'_> = tauri::include_image!("icons/64x64.png");
const UNREAD_ICON: Image<'_> = tauri::include_image!("icons/tray-unread.png");

/// How long what the menu says is believed, if nothing changes.
const LOOKS_EVERY: Duration = Duration::from_secs(60);

/// Everything that can be chosen in the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Open,
    Status,
    CopyUrl,
    PauseHour,
    PauseTomorrow,
    Resume,
    Quit,
}

impl Choice {
    const ALL: [Self; 7] = [
        Self::Open,
        Self::Status,
        Self::CopyUrl,
        Self::PauseHour,
        Self::PauseTomorrow,
        Self::Resume,
        Self::Quit,
    ];

    const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Status => "status",
            Self::CopyUrl => "copy-url",
            Self::PauseHour => "pause-hour",
            Self::PauseTomorrow => "pause-tomorrow",
            Self::Resume => "resume",
            Self::Quit => "quit",
        }
    }

    fn of(event: &MenuEvent) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|choice| event.id() == choice.id())
    }
}

/// The icon, and what in its menu changes.
struct Tray<R: Runtime> {
    icon: TrayIcon<R>,
    status: MenuItem<R>,
    resume: MenuItem<R>,
}

/// Shows the icon, if the desktop has what it takes, and keeps it up to date.
pub(super) fn start<R: Runtime>(app: &AppHandle<R>) {
    // The library that draws it on Linux is looked for only now, and panics where there is none.
    let built = std::panic::catch_unwind(AssertUnwindSafe(|| build(app)));
    match built {
        Ok(Ok(tray)) => {
            tauri::async_runtime::spawn(follow(app.clone(), tray));
        }
        Ok(Err(error)) => tracing::warn!(%error, "there is no icon in the tray"),
        Err(_) => tracing::warn!("there is no icon in the tray: the system lacks its library"),
    }
}

fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Tray<R>> {
    let item = |choice: Choice, words: &str| {
        MenuItem::with_id(
            app,
            choice.id(),
            words,
            choice != Choice::Status,
            None::<&str>,
        )
    };
    let resume = item(Choice::Resume, "Resume")?;
    resume.set_enabled(false)?;
    let pause = Submenu::with_items(
        app,
        "Pause popups",
        true,
        &[
            &item(Choice::PauseHour, "For 1 hour")?,
            &item(Choice::PauseTomorrow, "Until tomorrow at 8")?,
            &resume,
        ],
    )?;
    let status = item(Choice::Status, "Starting…")?;
    let (open, copy, quit) = (
        item(Choice::Open, "Open Bluetick")?,
        item(Choice::CopyUrl, "Copy the URL")?,
        item(Choice::Quit, "Quit")?,
    );
    let line = || PredefinedMenuItem::separator(app);
    let (first, second) = (line()?, line()?);
    let items: [&dyn IsMenuItem<R>; 7] = [&open, &first, &status, &copy, &pause, &second, &quit];
    let icon = TrayIconBuilder::with_id("main")
        .icon(ICON)
        .tooltip("Bluetick")
        .menu(&Menu::with_items(app, &items)?)
        .show_menu_on_left_click(cfg!(target_os = "linux"))
        .on_menu_event(|app, event| {
            if let Some(choice) = Choice::of(&event) {
                choose(app, choice);
            }
        })
        .on_tray_icon_event(|icon, event| {
            let is_click = matches!(
                event,
                TrayIconEvent::Click {
                    button: MouseButton::Left,
                    button_state: MouseButtonState::Up,
                    ..
                }
            );
            if is_click {
                window::raise_soon(icon.app_handle());
            }
        })
        .build(app)?;
    Ok(Tray {
        icon,
        status,
        resume,
    })
}

fn choose<R: Runtime>(app: &AppHandle<R>, choice: Choice) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        match choice {
            Choice::Open => window::raise(&app, None),
            Choice::Quit => app.exit(0),
            Choice::Status => {}
            Choice::CopyUrl => copy_url(&app).await,
            Choice::PauseHour => pause(&app, Quiet::Hour).await,
            Choice::PauseTomorrow => pause(&app, Quiet::Tomorrow).await,
            Choice::Resume => pause(&app, Quiet::Off).await,
        }
    });
}

async fn pause<R: Runtime>(app: &AppHandle<R>, quiet: Quiet) {
    if let Ok(engine) = app.state::<Desk>().engine().await
        && let Err(error) = engine.pause_popups(quiet).await
    {
        tracing::warn!(%error, "popups are not paused");
    }
}

/// The address for the provider's forward rule; where there is no public one, that of this computer.
async fn copy_url<R: Runtime>(app: &AppHandle<R>) {
    let desk = app.state::<Desk>();
    let hooks = desk.engine().await.map(|engine| engine.hooks());
    let hook = hooks.unwrap_or_default().into_iter().next();
    if let Some(hook) = hook
        && let Err(error) = desk.copy(hook.public_url.unwrap_or(hook.local_url))
    {
        tracing::warn!(%error, "the URL was not copied");
    }
}

/// Keeps the icon as things are.
async fn follow<R: Runtime>(app: AppHandle<R>, tray: Tray<R>) {
    let engine = app.state::<Desk>().when_started().await;
    let mut unread = engine.unread();
    let (mut popups, mut url) = (engine.popup_row(), engine.public_url_row());
    drop::<std::sync::Arc<Engine>>(engine);
    loop {
        let count = *unread.borrow_and_update();
        let (popup_row, url_row) = (
            popups.borrow_and_update().clone(),
            url.borrow_and_update().clone(),
        );
        let shown = show(&tray, count, &popup_row, &url_row);
        let desk = app.state::<Desk>();
        if desk.quitting.load(Ordering::Relaxed) {
            return;
        }
        desk.unread.store(count, Ordering::Relaxed);
        window::show_badge(&app);
        if let Err(error) = shown {
            tracing::debug!(%error, "the icon in the tray is not up to date");
        }
        let changed = tokio::select! {
            changed = unread.changed() => changed,
            changed = popups.changed() => changed,
            changed = url.changed() => changed,
            // A pause is over at a moment that nothing else tells of.
            () = tokio::time::sleep(LOOKS_EVERY) => Ok(()),
        };
        if changed.is_err() {
            return;
        }
    }
}

fn show<R: Runtime>(
    tray: &Tray<R>,
    unread: i64,
    popups: &PopupRow,
    url: &PublicUrlRow,
) -> tauri::Result<()> {
    let icon = if unread > 0 { UNREAD_ICON } else { ICON };
    tray.icon.set_icon(Some(icon))?;
    tray.icon.set_tooltip(Some(tooltip(unread)))?;
    tray.status.set_text(status(&url.status))?;
    let now = engine::now().millis();
    let paused = popups.paused_until.filter(|until| now < *until);
    tray.resume.set_enabled(paused.is_some())?;
    // Not in the name of the submenu, whose changes do not reach every panel.
    tray.resume.set_text(match paused {
        Some(until) => format!("Resume (paused until {})", clock(until)),
        None => "Resume".to_owned(),
    })
}

fn tooltip(unread: i64) -> String {
    match unread {
        0 => "Bluetick".to_owned(),
        1 => "Bluetick: 1 unread chat".to_owned(),
        more => format!("Bluetick: {more} unread chats"),
    }
}

fn status(status: &UrlStatus) -> String {
    match status {
        UrlStatus::Off => "No public URL".to_owned(),
        UrlStatus::Connecting => "Connecting…".to_owned(),
        UrlStatus::Online { checked_at, .. } => {
            format!("Reachable, checked {}", clock(*checked_at))
        }
        UrlStatus::Reconnecting { since, .. } => format!("Not reachable since {}", clock(*since)),
        UrlStatus::NeedsYou { .. } => "Not reachable: it needs you".to_owned(),
    }
}

fn clock(millis: i64) -> String {
    engine::time_of_day(Timestamp::from_millis(millis)).to_string()
}

/// Whether this desktop shows icons of the tray. Asked anew each time: panels come and go.
#[cfg(target_os = "linux")]
pub(super) async fn has_host() -> bool {
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    let asked = async {
        let bus = zbus::Connection::session().await?;
        let body = (WATCHER, "IsStatusNotifierHostRegistered");
        let properties = Some("org.freedesktop.DBus.Properties");
        let answer = bus
            .call_method(
                Some(WATCHER),
                "/StatusNotifierWatcher",
                properties,
                "Get",
                &body,
            )
            .await?;
        let body = answer.body();
        let is_registered: zbus::Variant<'_> = body.deserialize()?;
        zbus::Result::Ok(bool::try_from(is_registered).unwrap_or(false))
    };
    let answer = tokio::time::timeout(Duration::from_secs(1), asked).await;
    matches!(answer, Ok(Ok(true)))
}

/// Whether this desktop shows icons of the tray: the other systems' all do.
#[cfg(not(target_os = "linux"))]
pub(super) async fn has_host() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use bluetick_core::chat::view::{Trouble, TroubleKind, UrlStatus};

    use super::{Choice, clock, status, tooltip};

    #[test]
    fn each_choice_has_its_own_name() {
        let mut ids: Vec<&str> = Choice::ALL.into_iter().map(Choice::id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Choice::ALL.len());
    }

    #[test]
    fn the_menu_says_whether_providers_get_through() {
        let trouble = || Trouble::plain(TroubleKind::NoNetwork);
        let at = clock(0);
        for (is, said) in [
            (UrlStatus::Off, "No public URL".to_owned()),
            (UrlStatus::Connecting, "Connecting…".to_owned()),
            (
                UrlStatus::Online {
                    checked_at: 0,
                    milliseconds: 7,
                },
                format!("Reachable, checked {at}"),
            ),
            (
                UrlStatus::Reconnecting {
                    since: 0,
                    attempt: 3,
                    trouble: trouble(),
                },
                format!("Not reachable since {at}"),
            ),
            (
                UrlStatus::NeedsYou {
                    since: 0,
                    trouble: trouble(),
                },
                "Not reachable: it needs you".to_owned(),
            ),
        ] {
            assert_eq!(status(&is), said);
        }
    }

    #[test]
    fn the_icon_says_how_much_is_unread() {
        assert_eq!(tooltip(0), "Bluetick");
        assert_eq!(tooltip(1), "Bluetick: 1 unread chat");
        assert_eq!(tooltip(3), "Bluetick: 3 unread chats");
    }
}
