/** The settings about popups: what is decided is saved at once, and what cannot be is said beside it. */
import type { Page } from '@playwright/test';

import { expectNoViolations } from './axe';
import { expect, popupCalls, test } from './page';

const part = (page: Page) => page.getByRole('region', { name: 'Notifications', exact: true });
const preview = (page: Page) => part(page).getByRole('figure', { name: 'What such a popup looks like' });
const saved = (page: Page) => page.evaluate(() => window.fixture.popups.settings);
const fail = (page: Page, message: string | null) =>
  page.evaluate((message) => window.fixture.popups.fail(message), message);

async function openSettings(page: Page) {
  await page.keyboard.press('Control+,');
  await expect(part(page).getByRole('radio', { name: 'Name and message' })).toBeVisible();
}

test('what a popup shows is chosen, drawn and saved', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  await expect(part(page).getByRole('radio', { name: 'Name and message' })).toBeChecked();
  await expect(preview(page)).toContainText('Is my order 4711 on its way?');
  await part(page).getByRole('radio', { name: 'Name only' }).check();
  await expect(preview(page)).toContainText('Anna Berger');
  await expect(preview(page)).not.toContainText('4711');
  await part(page).getByRole('radio', { name: 'Only “New message”' }).check();
  await expect(preview(page)).not.toContainText('Anna Berger');
  await expect(preview(page)).toContainText('Mark as read');
  await part(page).getByRole('checkbox', { name: '“Mark as read” button' }).click();
  await expect(preview(page)).not.toContainText('Mark as read');
  await part(page).getByRole('radio', { name: 'No popups' }).check();
  await expect(preview(page)).toContainText('Nothing pops up');
  await expect(part(page).getByRole('checkbox', { name: '“Mark as read” button' })).toBeDisabled();
  await part(page).getByRole('checkbox', { name: 'Sound' }).click();
  await part(page).getByRole('checkbox', { name: 'could not be delivered' }).click();
  await expect.poll(() => saved(page)).toMatchObject({ content: 'off', buttons: false, sound: false, failures: false });
});

test('what is refused is said beside its control and put back', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  await fail(page, 'The disk is full.');
  const sound = part(page).getByRole('checkbox', { name: 'Sound' });
  await sound.click();
  await expect(part(page).getByRole('alert')).toHaveText('The disk is full.');
  await expect(sound).toBeChecked();
  await part(page).getByRole('radio', { name: 'No popups' }).click();
  await expect(part(page).getByRole('alert')).toHaveCount(2);
  await expect(part(page).getByRole('radio', { name: 'Name and message' })).toBeChecked();
  await expect(preview(page)).toContainText('4711');
  await fail(page, null);
  await sound.click();
  await expect(sound).not.toBeChecked();
  await expect(part(page).getByRole('alert'), 'only the other one is still said').toHaveCount(1);
  expect(await saved(page)).toMatchObject({ sound: false, content: 'full' });
});

test('settings that cannot be read can be tried again', async ({ open }) => {
  const page = await open('few');
  await fail(page, 'locked');
  await page.keyboard.press('Control+,');
  await expect(part(page).getByText('The settings could not be read.')).toBeVisible();
  await fail(page, null);
  await part(page).getByRole('button', { name: 'Try again' }).first().click();
  await expect(part(page).getByRole('radio', { name: 'Name and message' })).toBeVisible();
  await part(page).getByRole('button', { name: 'Try again' }).click();
  await expect(part(page).getByText('When you close the window')).toBeVisible();
});

test('quiet hours are turned on and changed, and a time that is none is not saved', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  const on = part(page).getByRole('checkbox', { name: 'Quiet hours' });
  const from = part(page).getByLabel('From');
  const until = part(page).getByLabel('Until', { exact: false }).last();
  await expect(from).toBeHidden();
  await on.click();
  await expect(from).toHaveValue('22:00');
  await expect(part(page).getByText('(the next day)')).toBeVisible();
  await expect.poll(() => saved(page)).toMatchObject({ quiet: { from: '22:00', until: '07:00' } });
  await from.fill('12:30');
  await until.fill('13:15');
  await expect.poll(() => saved(page)).toMatchObject({ quiet: { from: '12:30', until: '13:15' } });
  await expect(part(page).getByText('(the next day)')).toBeHidden();
  await until.fill('');
  await from.focus();
  await expect(until).toHaveAccessibleDescription('Enter a time such as 22:00.');
  expect(await saved(page)).toMatchObject({ quiet: { until: '13:15' } });
  await until.fill('12:30');
  await expect(part(page).getByText('it is quiet the whole day')).toBeVisible();
  await fail(page, 'The disk is full.');
  await from.fill('11:00');
  await expect(part(page).getByRole('alert')).toHaveText('The disk is full.');
  await expect(from).toHaveValue('12:30');
  await fail(page, null);
  await on.click();
  await expect.poll(() => saved(page)).toMatchObject({ quiet: null });
  await on.click();
  await expect(from, 'the hours are kept for the next time').toHaveValue('12:30');
});

test('words that break through are added and taken away, also by the keys', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  const field = part(page).getByRole('textbox', { name: 'Words that break through' });
  const words = part(page).getByRole('list', { name: 'Words that break through' }).getByRole('listitem');
  await expect(words).toHaveText(['urgent', 'refund']);
  await field.fill(' broken glass, help ');
  await page.keyboard.press('Enter');
  await expect(words).toHaveText(['urgent', 'refund', 'broken glass', 'help']);
  await expect(field).toHaveValue('');
  await expect(field).toBeFocused();
  await field.fill('HELP');
  await page.keyboard.press('Enter');
  await expect(field).toHaveAccessibleDescription(/^“HELP” is there already\./);
  await field.fill('x'.repeat(61));
  await page.keyboard.press('Enter');
  await expect(field).toHaveAccessibleDescription(/^A word has 60 characters at most\./);
  await field.fill(Array.from({ length: 47 }, (_, index) => `word ${index}`).join());
  await page.keyboard.press('Enter');
  await expect(field).toHaveAccessibleDescription(/^There is room for 50 words\./);
  await part(page).getByRole('button', { name: 'Remove “refund”' }).press('Enter');
  await expect(part(page).getByRole('button', { name: 'Remove “broken glass”' })).toBeFocused();
  await expect.poll(() => saved(page)).toMatchObject({ keywords: ['urgent', 'broken glass', 'help'] });
  await fail(page, 'The disk is full.');
  await field.fill('lost');
  await page.keyboard.press('Enter');
  await expect(field).toHaveAccessibleDescription(/^The disk is full\./);
  await expect(field, 'nothing that was typed is lost').toHaveValue('lost');
  await expect(words).toHaveText(['urgent', 'broken glass', 'help']);
});

test('popups are paused and come again, here and on top of the window', async ({ open }) => {
  const page = await open('few');
  const banner = page.getByRole('region', { name: 'Paused popups' });
  const pause = part(page).getByRole('group', { name: 'Pause all popups' });
  await openSettings(page);
  await pause.getByRole('button', { name: 'For 1 hour' }).press('Enter');
  await expect(banner).toContainText('Popups are paused until 15:02');
  await expect(pause.getByRole('status')).toHaveText('Popups are paused until 15:02');
  await expect(pause.getByRole('button', { name: 'Resume popups' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(banner).toBeHidden();
  await expect(pause.getByRole('button', { name: 'For 1 hour' })).toBeFocused();
  await pause.getByRole('button', { name: 'Until tomorrow at 8:00' }).click();
  await expect(banner).toContainText('Popups are paused until tomorrow 08:00');
  await fail(page, 'The archive is locked.');
  await banner.getByRole('button', { name: 'Resume' }).click();
  await expect(banner.getByRole('status')).toHaveText(/until tomorrow 08:00\. .*The archive is locked\./);
  await fail(page, null);
  await banner.getByRole('button', { name: 'Resume' }).click();
  await expect(banner).toBeHidden();
  expect(await popupCalls(page, 'pausePopups')).toEqual(['hour', 'off', 'tomorrow', 'off', 'off']);
});

test('a pause that has run out is none any more', async ({ open }) => {
  const page = await open('few');
  const banner = page.getByRole('region', { name: 'Paused popups' });
  await page.evaluate(() => window.fixture.popups.pause(Date.now() + 60_000));
  await expect(banner).toContainText('Popups are paused until 14:03');
  await page.clock.setFixedTime(new Date('2026-03-18T14:03:00Z'));
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(banner).toBeHidden();
});

test('a sample says what came of it', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  const show = part(page).getByRole('button', { name: 'Show a sample notification' });
  await show.click();
  await expect(part(page).getByText('Your desktop has taken the sample.')).toBeVisible();
  await page.evaluate(() =>
    window.fixture.popups.setState({
      kind: 'unavailable',
      reason: 'Nothing answers to org.freedesktop.Notifications.',
    }),
  );
  await show.click();
  await expect(part(page).getByRole('alert')).toHaveText('Nothing answers to org.freedesktop.Notifications.');
  await expect(part(page).getByText('Your desktop has taken the sample.')).toBeHidden();
  await expect(part(page).getByText('This desktop has no notification service')).toBeVisible();
  await page.evaluate(() => window.fixture.popups.setState({ kind: 'available' }));
  await expect(part(page).getByText('This desktop has no notification service')).toBeHidden();
});

test('popups that cannot be shown lead to what can be done', async ({ open }) => {
  const page = await open('few');
  const banner = page.getByRole('region', { name: 'Popups that cannot be shown' });
  await page.evaluate(() => window.fixture.popups.setState({ kind: 'unavailable', reason: 'No daemon.' }));
  await banner.getByRole('button', { name: 'What can I do?' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Notifications' })).toBeFocused();
  await expect(part(page).getByText('The system says: No daemon.')).toBeVisible();
});

test('starting with the session is offered where the system can, and refused in its words', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  const starts = part(page).getByRole('checkbox', { name: 'Start Bluetick when I log in' });
  await expect(part(page).getByText('You find it in the tray.')).toBeVisible();
  await starts.click();
  await expect(starts).toBeChecked();
  expect(await popupCalls(page, 'setStartsWithSession')).toEqual([true]);
  await fail(page, 'The folder cannot be written.');
  await starts.click();
  await expect(part(page).getByRole('alert')).toHaveText('The folder cannot be written.');
  await expect(starts).toBeChecked();
  await open('few');
  await page.evaluate(() => {
    window.fixture.popups.desktop = { startsWithSession: null, hasTray: false };
  });
  await openSettings(page);
  await expect(part(page).getByText('This desktop has no tray.')).toBeVisible();
  await expect(starts).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing in the settings about popups', async ({ open }) => {
      const page = await open('few');
      await openSettings(page);
      await part(page).getByRole('checkbox', { name: 'Quiet hours' }).click();
      await part(page).getByLabel('From').fill('');
      await part(page).getByRole('button', { name: 'For 1 hour' }).click();
      await part(page).getByRole('button', { name: 'Show a sample' }).click();
      await expect(part(page).getByText('Your desktop has taken the sample.')).toBeVisible();
      await expectNoViolations(page, 'everything in sight');
      await page.evaluate(() => window.fixture.popups.setState({ kind: 'unavailable', reason: 'No daemon.' }));
      await part(page).getByRole('radio', { name: 'No popups' }).check();
      await fail(page, 'The disk is full.');
      await part(page).getByRole('checkbox', { name: 'Sound' }).click();
      await expect(part(page).getByRole('alert').filter({ hasText: 'The disk is full.' })).toBeVisible();
      await expectNoViolations(page, 'unavailable and refused');
    });
  });
}
