//! The app, started and watched by `WebKitWebDriver`, which is what `tauri-driver` runs on Linux.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::support::data_dir::DataDir;
use crate::support::process::{Running, program};
use crate::support::session::Desktop;
use crate::support::wait::{PATIENCE, eventually};

/// The open window. Fields are dropped from the top: the driver ends the app, before its session goes.
pub(crate) struct App {
    pub(crate) page: Client,
    _driver: Running,
    pub(crate) desktop: Desktop,
    pub(crate) data_dir: DataDir,
}

impl App {
    /// Starts the app on an empty data directory.
    pub(crate) async fn start() -> Self {
        Self::start_on(DataDir::new()).await
    }

    /// Starts the app on this data directory.
    pub(crate) async fn start_on(data_dir: DataDir) -> Self {
        let desktop = Desktop::start();
        let port = free_port();
        let mut driver = Command::new("WebKitWebDriver");
        driver
            .arg(format!("--port={port}"))
            .env("BLUETICK_DATA_DIR", data_dir.path())
            .env("XDG_CONFIG_HOME", data_dir.path().join("config"))
            .env("HOME", data_dir.path())
            // Tauri lets itself be driven only by those who ask for it.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // Without a graphics card, these ways of drawing show nothing.
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .stdout(Stdio::null());
        let driver = Running::spawn(desktop.enter(&mut driver));
        eventually("WebKitWebDriver listens", || {
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        let options = json!({"binary": program("bluetick-desktop"), "args": []});
        let capabilities = [("webkitgtk:browserOptions".to_owned(), options)];
        let mut opening = ClientBuilder::new(HttpConnector::new());
        let opening = opening.capabilities(capabilities.into_iter().collect());
        let driver_url = format!("http://127.0.0.1:{port}");
        // The driver itself would wait for an app that does not answer for ever.
        let page = timeout(PATIENCE, opening.connect(&driver_url)).await;
        let page = page
            .expect("the window opens in time")
            .expect("the driver opens the app's window");
        Self {
            page,
            _driver: driver,
            desktop,
            data_dir,
        }
    }

    /// Waits for an element.
    pub(crate) async fn see(&self, xpath: &str) -> Element {
        let found = self.page.wait().at_most(PATIENCE);
        let found = found.for_element(Locator::XPath(xpath)).await;
        match found {
            Ok(element) => element,
            Err(error) => {
                let page = self.page.source().await.unwrap_or_default();
                self.screenshot("failed").await;
                panic!("{xpath} is not on the page ({error}):\n{page}")
            }
        }
    }

    /// Waits for an element and clicks it.
    pub(crate) async fn click(&self, xpath: &str) {
        let element = self.see(xpath).await;
        element.click().await.expect("it can be clicked");
    }

    /// What a script returns.
    pub(crate) async fn run(&self, script: &str) -> Value {
        let value = self.page.execute(script, Vec::new()).await;
        value.expect("the script runs")
    }

    /// What a script hands to its last argument, a function, in the end.
    pub(crate) async fn run_to_end(&self, script: &str) -> Value {
        let value = timeout(PATIENCE, self.page.execute_async(script, Vec::new())).await;
        value
            .expect("the script ends in time")
            .expect("the script runs")
    }

    /// What is on the screen, for whoever wants to look at it after the test.
    pub(crate) async fn screenshot(&self, name: &str) {
        // The picture is of what was painted, so the page gets the time to paint.
        let painted = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.run_to_end(painted).await;
        picture(&self.desktop, name);
    }

    /// Closes the window.
    pub(crate) async fn close(self) {
        self.page.close().await.expect("the window closes");
    }
}

/// Keeps a picture of the screen.
pub(crate) fn picture(desktop: &Desktop, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/output");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let mut import = Command::new("import");
    import
        .args(["-window", "root"])
        .arg(folder.join(format!("{name}.png")));
    let taken = desktop.enter(&mut import).status();
    let taken = taken.expect("ImageMagick is installed by `make test`");
    assert!(taken.success(), "a picture of {name} was taken");
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    listener.local_addr().expect("it is bound").port()
}
