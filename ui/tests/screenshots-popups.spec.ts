/** Pictures of what is decided about popups, and of what the window says about them, for people to look at. They are not compared. */
import type { Page } from '@playwright/test';

import { bubble, expect, item, test } from './page';

const part = (page: Page) => page.getByRole('region', { name: 'Notifications', exact: true });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    const path = (name: string) => `test-results/screenshots/${name}-${colorScheme}.png`;

    test('the settings about popups', async ({ open }) => {
      const page = await open('few');
      await page.keyboard.press('Control+,');
      await expect(part(page).getByRole('radio', { name: 'Name and message' })).toBeVisible();
      await part(page).screenshot({ path: path('notifications-usual') });
      await page.evaluate(() => {
        window.fixture.popups.desktop = { startsWithSession: true, hasTray: false };
      });
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+,');
      await part(page).getByRole('checkbox', { name: 'Quiet hours' }).click();
      await part(page).getByRole('button', { name: 'Show a sample' }).click();
      await expect(part(page).getByText('Your desktop has taken the sample.')).toBeVisible();
      await part(page).getByRole('button', { name: 'For 1 hour' }).click();
      await page.setViewportSize({ width: 1100, height: 1900 });
      await part(page).screenshot({ path: path('notifications') });
      await page.evaluate(() => {
        const { popups } = window.fixture;
        const reason = 'The name org.freedesktop.Notifications was not provided by any .service files';
        popups.setState({ kind: 'unavailable', reason });
        popups.fail('The settings could not be saved: the disk is full.');
      });
      await part(page).getByRole('radio', { name: 'Only “New message”' }).click();
      await part(page).getByRole('checkbox', { name: 'Sound' }).click();
      await part(page).getByLabel('From').fill('21:00');
      await part(page).getByRole('textbox', { name: 'Words that break through' }).fill('lost');
      await page.keyboard.press('Enter');
      await part(page).getByRole('button', { name: 'Show a sample' }).click();
      await part(page).getByRole('button', { name: 'Resume popups' }).click();
      await part(page).getByRole('checkbox', { name: 'Start Bluetick' }).click();
      await expect(part(page).getByRole('alert')).toHaveCount(7);
      await part(page).screenshot({ path: path('notifications-refused') });
      await page.evaluate(() => window.fixture.popups.fail(null));
      await page.setViewportSize({ width: 380, height: 2600 });
      await part(page).screenshot({ path: path('notifications-narrow') });
      await part(page).getByRole('radio', { name: 'No popups' }).check();
      await part(page).screenshot({ path: path('notifications-narrow-off') });
    });

    test('a conversation’s own', async ({ open }) => {
      const page = await open('few');
      await page.evaluate(() => {
        const { popups } = window.fixture;
        popups.decide(1, { mutedUntil: Date.now() + 3_600_000 });
        popups.decide(2, { vip: true });
        popups.decide(4, { mutedUntil: Date.now() + 3_600_000 });
      });
      await item(page, 'Café Morgenrot').click();
      await expect(bubble(page, 'See you at seven!')).toBeInViewport();
      await page.getByRole('button', { name: /^Notifications of this/ }).click();
      await page.screenshot({ path: path('menu') });
      await page.keyboard.press('Escape');
      await item(page, 'Léa Dubois').click();
      await page.getByRole('button', { name: /^Notifications of this/ }).click();
      await page.evaluate(() => window.fixture.popups.fail('The archive is locked.'));
      await page.getByRole('menuitem', { name: 'Unmute' }).click();
      await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
      await page.screenshot({ path: path('menu-muted') });
      await page.setViewportSize({ width: 380, height: 760 });
      await page.screenshot({ path: path('menu-narrow') });
    });

    test('paused and closing', async ({ open }) => {
      const page = await open('few');
      await page.evaluate(() => window.fixture.popups.pause(Date.now() + 58 * 60_000));
      await item(page, 'Café Morgenrot').click();
      await expect(bubble(page, 'See you at seven!')).toBeInViewport();
      await page.screenshot({ path: path('paused') });
      await page.evaluate(() => window.fixture.popups.closeWindow());
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.screenshot({ path: path('closing') });
      await page.setViewportSize({ width: 380, height: 760 });
      await page.screenshot({ path: path('closing-narrow') });
      await page.keyboard.press('Escape');
      await page.evaluate(() =>
        window.fixture.popups.setState({ kind: 'unavailable', reason: 'No daemon is running.' }),
      );
      await page.screenshot({ path: path('paused-narrow') });
    });
  });
}
