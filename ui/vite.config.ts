import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** The policy that the app serves the page under, without the addresses of Tauri's own calls. Tests run under it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'";

/**
 * Builds the page. Its output is served under a policy that allows no inline script or style and no `data:` address, so
 * nothing may be inlined here.
 */
export default defineConfig({
  plugins: [svelte()],
  // Svelte's browser build is needed to mount components in tests.
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
  },
  // The port that Tauri's `devUrl` names.
  server: { port: 5173, strictPort: true },
  preview: { port: 4173, strictPort: true, headers: { 'Content-Security-Policy': policy } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'], restoreMocks: true },
});
