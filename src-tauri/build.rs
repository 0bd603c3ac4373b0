//! Gives Tauri the permissions of the window, which lie beside the sources and not at the root.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    make_page_if_missing();
    let permissions =
        tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(permissions);
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("{error:#}");
    }
}

/// The shell embeds the built page. A fresh clone has none, and still wants to be checked and tested; `make` builds the real one.
fn make_page_if_missing() {
    println!("cargo:rerun-if-changed=ui/dist");
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        let made = std::fs::create_dir_all("ui/dist").and_then(|()| {
            std::fs::write(page, "<!doctype html><title>Bluetick</title><p>Run <code>make run</code>: the page is not built yet.")
        });
        if let Err(error) = made {
            panic!("ui/dist cannot be made: {error}");
        }
    }
}
