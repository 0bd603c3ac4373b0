# The words of the repo, for people and for CI. Each works on a fresh machine that has git, make, Rust and Node:
# .ci/install adds what else is needed. Recipes of more than a few lines live in .ci/.

.PHONY: run test dev lint types bench check-platforms bundle icons
.NOTPARALLEL:

# Tauri's command line. It is no dependency of the page: a lock file would name its binaries for every system, and a
# registry that lacks one of them would then install nothing at all.
TAURI = npx --yes @tauri-apps/cli@2.12.5

# Builds the app and starts it; without a display, the engine alone.
run:
	.ci/install run
	npm --prefix ui run build
	cargo build --workspace
	exec .ci/start

# Every test: Rust, page, whole app under a virtual display.
test:
	.ci/install test
	.ci/test

# The app with live reload: Vite serves the page, a change in src-tauri/ restarts the app.
dev:
	.ci/install run
	exec $(TAURI) dev

# Formatters and linters.
lint: ui/dist/index.html
	.ci/install run
	.ci/lint

# Writes the TypeScript types of everything that crosses to the page, from the Rust ones.
types: ui/dist/index.html
	.ci/install run
	.ci/types

# What it costs: acknowledgements beside popups, memory beside an empty window, opening, idling. Prints and judges nothing;
# `make bench PART=desktop` measures one part only.
bench:
	.ci/install test
	npm --prefix ui run build
	cargo build --release --package bluetick-desktop --bin bluetick-desktop --example empty-window
	cargo bench --package bluetick-desktop --bench cost -- $(PART)

# Builds for Windows, runs the engine under Wine, type-checks for macOS.
check-platforms: ui/dist/index.html
	.ci/install platforms
	.ci/check-platforms

# Installers for the system it runs on; `make bundle BUNDLES=deb` for one kind only.
bundle:
	.ci/install bundle
	cargo build --release --package bluetick-cli
	$(TAURI) build $(if $(BUNDLES),--bundles $(BUNDLES))

# Every icon file anew from icons/bluetick.svg.
icons:
	.ci/install page
	TAURI="$(TAURI)" node .ci/icons.mjs

# The shell embeds the built page and does not compile without one; where the page itself does not matter, any will do.
ui/dist/index.html:
	.ci/install page
	npm --prefix ui run build
