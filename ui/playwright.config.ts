import { defineConfig } from '@playwright/test';

/** The whole page in a browser, on the fixture host, under the app's own content security policy. */
export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results/runs',
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  reporter: [['list']],
  use: {
    baseURL: 'http://127.0.0.1:4173',
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'UTC',
    // So tall that all conversations of the usual set are in sight: what need not be scrolled to stands still while it is clicked.
    viewport: { width: 1100, height: 764 },
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'npm run build:fixture && npx vite preview --outDir dist-fixture --host 127.0.0.1',
    url: 'http://127.0.0.1:4173',
    reuseExistingServer: false,
  },
});
