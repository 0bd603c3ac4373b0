//! The connection to the session bus: calls to the service, and what it says by itself.

use std::collections::HashMap;

use futures_util::StreamExt;
use notify_rust::Notification;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use zbus::message::Type;
use zbus::names::{BusName, UniqueName, WellKnownName};
use zbus::{Connection, MatchRule, Message, MessageStream, Variant, fdo};

use super::wire::Capabilities;

/// Name, interface and path of the service, which the specification sets.
const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What the bus or the service says by itself.
#[derive(Debug)]
pub(super) enum Heard {
    /// Somebody else, or nobody, is the service now.
    Owner(Option<UniqueName<'static>>),
    /// There is no connection any more.
    Broken,
    /// A click is about to be told, and this is what the desktop wants to see.
    Token {
        from: UniqueName<'static>,
        id: u32,
        token: String,
    },
    /// An action was chosen.
    Action {
        from: UniqueName<'static>,
        id: u32,
        action: String,
    },
    /// A popup is gone.
    Closed {
        from: UniqueName<'static>,
        id: u32,
        reason: u32,
    },
}

/// An open connection.
#[derive(Debug)]
pub(super) struct Link {
    connection: Connection,
    /// Who was the service when it was opened.
    pub(super) owner: Option<UniqueName<'static>>,
    heard: mpsc::UnboundedReceiver<Heard>,
    listening: JoinHandle<()>,
}

impl Link {
    /// Connects, listens, and asks who is the service.
    pub(super) async fn open() -> zbus::Result<Self> {
        let connection = Connection::session().await?;
        let of_service = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender(SERVICE)
            .interface(SERVICE)
            .path(PATH)
            .build()?;
        let of_bus = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender("org.freedesktop.DBus")
            .interface("org.freedesktop.DBus")
            .member("NameOwnerChanged")
            .add_arg(SERVICE)
            .build()?;
        let of_bus = MessageStream::for_match_rule(of_bus, &connection, None).await?;
        let of_service = MessageStream::for_match_rule(of_service, &connection, None).await?;
        let bus = fdo::DBusProxy::new(&connection).await?;
        let owner = match bus.get_name_owner(service()?.into()).await {
            Ok(owner) => Some(owner.into_inner()),
            Err(fdo::Error::NameHasNoOwner(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let (told, heard) = mpsc::unbounded_channel();
        Ok(Self {
            connection,
            owner,
            heard,
            listening: tokio::spawn(listen(of_bus, of_service, told)),
        })
    }

    pub(super) fn is_broken(&self) -> bool {
        self.listening.is_finished()
    }

    /// Waits for something to be said.
    pub(super) async fn hear(&mut self) -> Heard {
        self.heard.recv().await.unwrap_or(Heard::Broken)
    }

    /// What the service can do.
    pub(super) async fn capabilities(
        &self,
        owner: Option<UniqueName<'static>>,
    ) -> zbus::Result<Capabilities> {
        let answer = call(self.connection.clone(), owner, "GetCapabilities", &()).await?;
        let words: Vec<String> = answer.body().deserialize()?;
        Ok(Capabilities::of(&words))
    }

    /// What the service calls itself.
    pub(super) async fn information(
        &self,
        owner: Option<UniqueName<'static>>,
    ) -> zbus::Result<String> {
        let answer = call(self.connection.clone(), owner, "GetServerInformation", &()).await?;
        let (name, _vendor, version, _spec): (String, String, String, String) =
            answer.body().deserialize()?;
        Ok(format!("{name} {version}"))
    }

    /// Shows a notification in place of another, or as a new one for 0. Answers with its id.
    pub(super) fn notify(
        &self,
        owner: Option<UniqueName<'static>>,
        replaces: u32,
        notification: Notification,
    ) -> impl Future<Output = zbus::Result<u32>> + Send + use<> {
        let connection = self.connection.clone();
        async move {
            let hints: HashMap<&str, Variant<'_>> =
                notification.hints.iter().map(Into::into).collect();
            let body = (
                &notification.appname,
                // Nobody of a new service has a popup of ours.
                if owner.is_some() { replaces } else { 0 },
                &notification.icon,
                &notification.summary,
                &notification.body,
                &notification.actions,
                hints,
                i32::from(notification.timeout),
            );
            let answer = call(connection, owner, "Notify", &body).await?;
            answer.body().deserialize()
        }
    }

    /// Takes a notification from the screen.
    pub(super) fn close(
        &self,
        owner: UniqueName<'static>,
        id: u32,
    ) -> impl Future<Output = zbus::Result<()>> + Send + use<> {
        let connection = self.connection.clone();
        async move {
            let answer = call(connection, Some(owner), "CloseNotification", &id);
            answer.await.map(drop)
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Calls the service: the one that is known, or whoever takes the name, which may start it.
async fn call<B: serde::Serialize + zbus::zvariant::DynamicType>(
    connection: Connection,
    owner: Option<UniqueName<'static>>,
    method: &str,
    body: &B,
) -> zbus::Result<Message> {
    let whom = match owner {
        Some(owner) => BusName::from(owner),
        None => BusName::from(service()?),
    };
    connection
        .call_method(Some(whom), PATH, Some(SERVICE), method, body)
        .await
}

fn service() -> zbus::Result<WellKnownName<'static>> {
    WellKnownName::try_from(SERVICE)
}

/// Passes on what is said. A task of its own, since a connection whose signals nobody takes comes to a stand.
async fn listen(
    mut of_bus: MessageStream,
    mut of_service: MessageStream,
    told: mpsc::UnboundedSender<Heard>,
) {
    loop {
        let message = tokio::select! {
            biased;
            message = of_bus.next() => message,
            message = of_service.next() => message,
        };
        let Some(Ok(message)) = message else {
            let _ = told.send(Heard::Broken);
            return;
        };
        // What does not have the form that was agreed on is not for us.
        if let Some(heard) = read(&message)
            && told.send(heard).is_err()
        {
            return;
        }
    }
}

fn read(message: &Message) -> Option<Heard> {
    let header = message.header();
    let from = header.sender()?.to_owned();
    let body = message.body();
    match header.member()?.as_str() {
        "NameOwnerChanged" => {
            let (name, _before, now): (String, String, String) = body.deserialize().ok()?;
            if name != SERVICE {
                return None;
            }
            let owner = UniqueName::try_from(now).ok();
            Some(Heard::Owner(owner))
        }
        "ActivationToken" => {
            let (id, token) = body.deserialize().ok()?;
            Some(Heard::Token { from, id, token })
        }
        "ActionInvoked" => {
            let (id, action) = body.deserialize().ok()?;
            Some(Heard::Action { from, id, action })
        }
        "NotificationClosed" => {
            let (id, reason) = body.deserialize().ok()?;
            Some(Heard::Closed { from, id, reason })
        }
        _ => None,
    }
}
