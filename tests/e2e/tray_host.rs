//! A panel that shows icons of the tray, as far as the app sees one: the watcher that icons register with, and the menu's
//! protocol. What it shows is not drawn, but read and chosen.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tokio::runtime::Runtime;
use zbus::message::Header;
use zbus::{OwnedVariant, Variant, connection, interface};

use crate::support::session::Bus;
use crate::support::wait::eventually;

/// An entry of a menu: its number, its properties, its entries.
type Entry = (i32, HashMap<String, OwnedVariant>, Vec<OwnedVariant>);

/// The panel.
pub(crate) struct TrayHost {
    items: Arc<Mutex<Vec<(String, String)>>>,
    connection: zbus::Connection,
    runtime: Runtime,
}

struct Watcher(Arc<Mutex<Vec<(String, String)>>>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the macro hands it over like this"
    )]
    fn register_status_notifier_item(&self, service: String, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().expect("the bus says who called");
        let mut items = self.0.lock().expect("no holder panicked");
        items.push((sender.to_string(), service));
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        let items = self.0.lock().expect("no holder panicked");
        items
            .iter()
            .map(|(sender, path)| format!("{sender}{path}"))
            .collect()
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

impl TrayHost {
    /// Starts it.
    pub(crate) fn start(bus: &Bus) -> Self {
        let items = Arc::new(Mutex::new(Vec::new()));
        let runtime = Runtime::new().expect("a runtime");
        let connection = runtime.block_on(
            connection::Builder::address(bus.address.as_str())
                .serve_at("/StatusNotifierWatcher", Watcher(items.clone()))
                .name("org.kde.StatusNotifierWatcher")
                .build(),
        );
        Self {
            items,
            connection: connection.expect("the bus gives it the name"),
            runtime,
        }
    }

    /// The words of the menu, those of its submenus after them.
    pub(crate) fn menu(&self) -> Vec<String> {
        self.entries().into_iter().map(|(_, words)| words).collect()
    }

    /// Waits until an entry of the menu says this.
    pub(crate) fn wait_for(&self, words: &str) {
        eventually(&format!("the tray's menu says {words:?}"), || {
            self.menu()
                .iter()
                .any(|entry| entry.contains(words))
                .then_some(())
        });
    }

    /// Chooses an entry of the menu.
    pub(crate) fn choose(&self, words: &str) {
        let entries = self.entries();
        let found = entries.iter().find(|(_, entry)| entry.contains(words));
        let (id, _) = found.unwrap_or_else(|| panic!("{words:?} is not among {entries:?}"));
        let body = (*id, "clicked", Variant::from(0i32), 0u32);
        self.call("Event", &body);
    }

    /// What the icon looks like: the name of its picture.
    pub(crate) fn icon(&self) -> String {
        let (sender, path) = self.item();
        let body = ("org.kde.StatusNotifierItem", "IconName");
        let properties = Some("org.freedesktop.DBus.Properties");
        let asked = self
            .connection
            .call_method(Some(sender), path, properties, "Get", &body);
        let answer = self.runtime.block_on(asked).expect("the icon answers");
        let body = answer.body();
        let name: Variant<'_> = body.deserialize().expect("a value");
        String::try_from(name).expect("a name")
    }

    fn entries(&self) -> Vec<(i32, String)> {
        // Menus of GTK are there when somebody is about to look.
        self.call("AboutToShow", &0i32);
        let answer = self.call("GetLayout", &(0i32, -1i32, Vec::<String>::new()));
        let (_revision, root): (u32, Entry) = answer.body().deserialize().expect("a menu");
        let mut found = Vec::new();
        collect(&root, &mut found);
        found
    }

    fn item(&self) -> (String, String) {
        eventually("the icon is in the tray", || {
            self.items
                .lock()
                .expect("no holder panicked")
                .last()
                .cloned()
        })
    }

    fn call<B: serde::Serialize + zbus::zvariant::DynamicType>(
        &self,
        method: &str,
        body: &B,
    ) -> zbus::Message {
        let (sender, path) = self.item();
        let menu = format!("{path}/Menu");
        let asked = self.connection.call_method(
            Some(sender),
            menu,
            Some("com.canonical.dbusmenu"),
            method,
            body,
        );
        self.runtime.block_on(asked).expect("the menu answers")
    }
}

fn collect(entry: &Entry, found: &mut Vec<(i32, String)>) {
    let (id, properties, entries) = entry;
    let words = properties.get("label").and_then(|label| {
        let words: &str = label.downcast_ref().ok()?;
        Some(words.replace('_', ""))
    });
    found.extend(words.map(|words| (*id, words)));
    for entry in entries {
        let entry: Entry = entry.clone().try_into().expect("an entry");
        collect(&entry, found);
    }
}
