/** Starts the page: chooses the host, and puts the window's state on the screen. */
import './tokens.css';
import './base.css';

import { mount } from 'svelte';

import Window from './frame/Window.svelte';
import { hasAttention } from './frame/attention';
import { WindowState } from './frame/window-state.svelte';
import { tauriHost } from './host/tauri';

// Vite replaces the mode by its word, so that the app's bundle does not hold the fixture.
const host =
  import.meta.env.MODE === 'fixture'
    ? (await import('./host/fixture/host')).fixtureHost(new URLSearchParams(location.search))
    : tauriHost();

const target = document.getElementById('window');
if (target === null) throw new Error('The page has no element for the window.');
mount(Window, { target, props: { view: new WindowState(host, hasAttention) } });
