/** Popups and the window: what a conversation's own menu decides, what the list shows of it, and what is looked at. */
import type { Page } from '@playwright/test';

import { expectNoViolations } from './axe';
import { bubble, clickStill, expect, item, popupCalls, scrollBy, test } from './page';

const ANNA = 1;
const CAFE = 2;
const LEA = 4;
const SOFIA = 8;

const main = (page: Page) => page.getByRole('main');
const opener = (page: Page) => page.getByRole('button', { name: /^Notifications of this conversation/ });
const menu = (page: Page) => page.getByRole('menu', { name: 'Notifications of this conversation' });
const looked = (page: Page) => popupCalls(page, 'lookAt');

/** Takes the window's focus away, or gives it back. */
const attend = (page: Page, attended: boolean) =>
  page.evaluate((attended) => {
    document.hasFocus = () => attended;
    window.dispatchEvent(new Event(attended ? 'focus' : 'blur'));
  }, attended);

test('a conversation is muted and unmuted with the mouse', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Café Morgenrot').click();
  await opener(page).click();
  await menu(page).getByRole('menuitem', { name: 'Mute for 1 hour' }).click();
  await expect(menu(page)).toBeHidden();
  await expect(opener(page)).toHaveAccessibleName('Notifications of this conversation: Muted until 15:02');
  await expect(item(page, 'Café Morgenrot')).toContainText('Muted');
  await opener(page).click();
  await expect(menu(page).getByRole('group', { name: 'Muted until 15:02' })).toBeVisible();
  await menu(page).getByRole('menuitem', { name: 'Mute always' }).click();
  await expect(opener(page)).toHaveAccessibleName('Notifications of this conversation: Muted');
  await opener(page).click();
  await menu(page).getByRole('menuitem', { name: 'Unmute' }).click();
  await expect(opener(page)).toHaveAccessibleName('Notifications of this conversation');
  await expect(item(page, 'Café Morgenrot')).not.toContainText('Muted');
  expect(await popupCalls(page, 'muteConversation')).toEqual(
    ['hour', 'always', 'off'].map((quiet) => ({ conversation: CAFE, quiet })),
  );
});

test('the menu is used with the keys, and they go no further', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Café Morgenrot').click();
  await opener(page).focus();
  await expect(opener(page)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(opener(page)).toHaveAttribute('aria-expanded', 'true');
  await expect(menu(page).getByRole('menuitem', { name: 'Mute for 1 hour' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  const vip = menu(page).getByRole('menuitemcheckbox', { name: 'VIP' });
  await expect(vip).toBeFocused();
  await expect(vip).toHaveAccessibleDescription('Pops up in quiet hours too');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(menu(page).getByRole('menuitem', { name: 'Mute until tomorrow at 8:00' })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(menu(page).getByRole('menuitem', { name: 'Mute for 1 hour' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(vip).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu(page)).toBeHidden();
  await expect(opener(page)).toBeFocused();
  await expect(page.getByRole('heading', { level: 1, name: 'Café Morgenrot' }), 'only the menu closes').toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(vip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menu(page)).toBeHidden();
  await expect(opener(page)).toBeFocused();
  await expect(item(page, 'Café Morgenrot')).toContainText('VIP');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(menu(page)).toBeHidden();
});

test('a VIP is not muted, and who is muted is no VIP', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Café Morgenrot').click();
  const choose = async (role: 'menuitem' | 'menuitemcheckbox', name: string) => {
    await opener(page).click();
    await menu(page).getByRole(role, { name }).click();
    await expect(menu(page)).toBeHidden();
  };
  await choose('menuitem', 'Mute for a week');
  await expect(opener(page)).toHaveAccessibleName(/Muted until 25 Mar 2026, 14:02$/);
  await choose('menuitemcheckbox', 'VIP');
  await expect(opener(page)).toHaveAccessibleName(/: VIP$/);
  await expect(item(page, 'Café Morgenrot')).not.toContainText('Muted');
  await opener(page).click();
  await expect(menu(page).getByRole('menuitemcheckbox', { name: 'VIP' })).toBeChecked();
  await page.keyboard.press('Escape');
  await choose('menuitem', 'Mute until tomorrow');
  await expect(opener(page)).toHaveAccessibleName(/Muted until tomorrow 08:00$/);
  await expect(item(page, 'Café Morgenrot')).not.toContainText('VIP');
});

test('what the menu could not do is said in it', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Café Morgenrot').click();
  await page.evaluate(() => window.fixture.popups.fail('The archive is locked.'));
  await opener(page).click();
  await menu(page).getByRole('menuitem', { name: 'Mute always' }).click();
  await expect(main(page).getByRole('alert')).toHaveText('The archive is locked.');
  await page.getByRole('log').click();
  await expect(menu(page)).toBeHidden();
  await opener(page).click();
  await expect(main(page).getByRole('alert')).toBeHidden();
});

test('muted conversations are not counted, and their mark goes when the time is over', async ({ open }) => {
  const page = await open('few');
  await expect(page).toHaveTitle('(2) Bluetick');
  await page.evaluate(([until, lea]) => window.fixture.popups.decide(lea, { mutedUntil: until }), [
    new Date('2026-03-18T14:03:00Z').getTime(),
    LEA,
  ] as const);
  await expect(page).toHaveTitle('(1) Bluetick');
  const badge = item(page, 'Léa Dubois').locator('.badge');
  const colour = () => badge.evaluate((element) => getComputedStyle(element).backgroundColor);
  const loud = await item(page, 'Anna Berger')
    .locator('.badge')
    .evaluate((element) => getComputedStyle(element).backgroundColor);
  await expect(item(page, 'Léa Dubois')).toContainText('Muted');
  expect(await colour()).not.toBe(loud);
  await page.clock.setFixedTime(new Date('2026-03-18T14:03:00Z'));
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(item(page, 'Léa Dubois')).not.toContainText('Muted');
  expect(await colour()).toBe(loud);
});

test('closing without a tray asks, and goes on in the background', async ({ open }) => {
  const page = await open('few');
  const dialog = page.getByRole('dialog', { name: 'Keep receiving messages?' });
  await item(page, 'Café Morgenrot').click();
  await page.evaluate(() => window.fixture.popups.closeWindow());
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Keep receiving in the background' })).toBeFocused();
  await page.keyboard.press('Control+,');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Café Morgenrot' }), 'only the dialog closes').toBeVisible();
  await expect(item(page, 'Café Morgenrot'), 'the focus goes back').toBeFocused();
  await page.evaluate(() => window.fixture.popups.closeWindow());
  await page.mouse.click(5, 5);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Café Morgenrot' })).toBeVisible();
  await page.evaluate(() => {
    window.fixture.popups.fail('The tray is gone.');
    window.fixture.popups.closeWindow();
  });
  await dialog.getByRole('button', { name: 'Keep receiving in the background' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('The tray is gone.');
  await page.evaluate(() => window.fixture.popups.fail(null));
  await dialog.getByRole('button', { name: 'Keep receiving in the background' }).click();
  await expect(dialog).toBeHidden();
  expect(await popupCalls(page, 'stayInBackground')).toHaveLength(2);
  expect(await popupCalls(page, 'quit')).toEqual([]);
});

test('closing without a tray asks, and quits or does nothing', async ({ open }) => {
  const page = await open('few');
  const dialog = page.getByRole('dialog', { name: 'Keep receiving messages?' });
  await page.evaluate(() => window.fixture.popups.closeWindow());
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  expect(await popupCalls(page, 'quit')).toEqual([]);
  await page.evaluate(() => window.fixture.popups.closeWindow());
  await dialog.getByRole('button', { name: 'Quit' }).click();
  await expect(dialog).toBeHidden();
  expect(await popupCalls(page, 'quit')).toHaveLength(1);
});

test('the host knows what is looked at, and when no longer', async ({ open }) => {
  const page = await open('few');
  await expect.poll(() => looked(page)).toEqual([null]);
  await item(page, 'Sofia Rossi').click();
  await expect.poll(() => looked(page)).toEqual([null, SOFIA]);
  await bubble(page, 'Message 400 of 400').hover();
  await scrollBy(page, -2000);
  await expect.poll(() => looked(page), 'the end is out of sight').toEqual([null, SOFIA, null]);
  await page.getByRole('button', { name: 'Go to the newest message' }).click();
  await expect.poll(() => looked(page)).toEqual([null, SOFIA, null, SOFIA]);
  await attend(page, false);
  expect(await looked(page), 'at once').toEqual([null, SOFIA, null, SOFIA, null]);
  await attend(page, true);
  await page.keyboard.press('Control+l');
  await expect.poll(() => looked(page)).toEqual([null, SOFIA, null, SOFIA, null, SOFIA, null]);
  await page.keyboard.press('Escape');
  await expect.poll(() => looked(page)).toHaveLength(8);
  await item(page, 'Café Morgenrot').click();
  await expect.poll(async () => (await looked(page)).at(-1)).toBe(CAFE);
});

test('a message in what is looked at tells the host nothing new', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Café Morgenrot').click();
  await expect.poll(() => looked(page)).toEqual([null, CAFE]);
  await page.evaluate((conversation) => window.fixture.receive({ conversation, text: 'One more' }), CAFE);
  await expect(bubble(page, 'One more')).toBeInViewport();
  await page.evaluate((conversation) => window.fixture.receive({ conversation, text: 'Elsewhere' }), SOFIA);
  await expect(item(page, 'Sofia Rossi')).toContainText('Elsewhere');
  expect(await looked(page)).toEqual([null, CAFE]);
});

test('the host hears once that the window is on the screen', async ({ open }) => {
  const page = await open('few');
  await expect.poll(() => popupCalls(page, 'painted')).toHaveLength(1);
  await page.evaluate(() => window.fixture.unnoticed(() => {}));
  await item(page, 'Café Morgenrot').click();
  await expect(bubble(page, 'See you at seven!')).toBeInViewport();
  expect(await popupCalls(page, 'painted')).toHaveLength(1);
  await open('failed-start');
  await expect.poll(() => popupCalls(page, 'painted')).toHaveLength(1);
  await open('empty');
  await expect.poll(() => popupCalls(page, 'painted')).toHaveLength(1);
});

test.describe('made anew, the window', () => {
  const kept = (page: Page) => page.evaluate(() => localStorage.getItem('bluetick.place'));
  const keep = (page: Page, value: string | null) =>
    page.evaluate((value) => {
      if (value === null) localStorage.removeItem('bluetick.place');
      else localStorage.setItem('bluetick.place', value);
    }, value);

  test('shows the conversation where the reader was', async ({ open }) => {
    const page = await open('few');
    await item(page, 'Sofia Rossi').click();
    await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
    await scrollBy(page, -3000);
    await expect.poll(async () => JSON.parse((await kept(page)) ?? '{}').message).not.toBeNull();
    await clickStill(page, page.getByRole('log'));
    const { message } = JSON.parse((await kept(page)) ?? '{}') as { message: number };
    const top = () =>
      page.getByRole('log').evaluate((log, message) => {
        const one = log.querySelector(`[data-message="${message}"]`);
        return one === null ? null : one.getBoundingClientRect().top - log.getBoundingClientRect().top;
      }, message);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: 'Sofia Rossi' })).toBeVisible();
    await expect.poll(async () => Math.abs((await top()) ?? Infinity), 'it stands first').toBeLessThan(60);
    await expect(bubble(page, 'Message 400 of 400')).toBeHidden();
    await expect(page.locator('.flashed')).toHaveCount(0);
    expect(JSON.parse((await kept(page)) ?? '{}')).toEqual({ page: 'inbox', conversation: SOFIA, message });
    await page.reload();
    await expect.poll(async () => Math.abs((await top()) ?? Infinity), 'and again').toBeLessThan(60);
  });

  test('shows the end where the reader was there, and the page they were on', async ({ open }) => {
    const page = await open('few');
    await item(page, 'Sofia Rossi').click();
    await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
    await page.keyboard.press('Control+l');
    await page.reload();
    await expect(page.getByRole('main', { name: 'Event log' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
    await page.keyboard.press('Control+,');
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  });

  test('begins at what is unread, and leaves it unread until somebody looks', async ({ open }) => {
    const page = await open('few');
    await page.addInitScript(() => {
      document.hasFocus = () => false;
    });
    // So low that the first message and the unread ones are not in sight together.
    await page.setViewportSize({ width: 1100, height: 420 });
    await keep(page, JSON.stringify({ page: 'inbox', conversation: ANNA, message: ANNA * 1000 + 1 }));
    await page.reload();
    await expect(page.getByText('New messages')).toBeInViewport();
    await expect(item(page, 'Anna Berger')).toContainText('2 unread messages');
    await attend(page, true);
    await expect(item(page, 'Anna Berger')).not.toContainText('unread');
  });

  test('marks nothing as read behind another page', async ({ open }) => {
    const page = await open('few');
    await keep(page, JSON.stringify({ page: 'log', conversation: ANNA, message: null }));
    await page.reload();
    await expect(page.getByRole('main', { name: 'Event log' })).toBeVisible();
    await attend(page, true);
    await expect(item(page, 'Anna Berger')).toHaveAttribute('aria-current', 'true');
    expect(await page.evaluate((id) => window.fixture.unread(id), ANNA)).toBe(2);
    expect(await looked(page)).toEqual([null]);
    await page.keyboard.press('Escape');
    await expect(item(page, 'Anna Berger')).not.toContainText('unread');
  });

  test('comes up without what is gone or broken', async ({ open }) => {
    const page = await open('few');
    for (const value of ['{"page":', '{"page":"inbox","conversation":999,"message":1}', '[1]', null]) {
      await keep(page, value);
      await page.reload();
      await expect(page.getByText('Choose a conversation')).toBeVisible();
    }
    await keep(page, JSON.stringify({ page: 'inbox', conversation: SOFIA, message: 77 }));
    await page.reload();
    await expect(bubble(page, 'Message 400 of 400'), 'the message is gone').toBeInViewport();
  });

  test('opens what was asked for from outside instead', async ({ open }) => {
    const page = await open('few');
    await keep(page, JSON.stringify({ page: 'settings', conversation: SOFIA, message: null }));
    await page.goto('/?set=few&opens=2');
    await expect(page.getByRole('heading', { level: 1, name: 'Café Morgenrot' })).toBeVisible();
    await expect(bubble(page, 'See you at seven!')).toBeInViewport();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing in the menu, the marks, the banner and the dialog', async ({ open }) => {
      const page = await open('few');
      await page.evaluate(
        ([anna, cafe, lea]) => {
          const { popups } = window.fixture;
          popups.decide(cafe, { vip: true });
          popups.decide(lea, { mutedUntil: Date.now() + 60_000 });
          popups.decide(anna, { mutedUntil: Date.now() + 60_000 });
          popups.pause(Date.now() + 60_000);
          popups.setState({ kind: 'unavailable', reason: 'No daemon.' });
        },
        [ANNA, CAFE, LEA] as const,
      );
      await item(page, 'Léa Dubois').click();
      await opener(page).click();
      await expect(menu(page)).toBeVisible();
      await expectNoViolations(page, 'muted');
      await page.evaluate(() => window.fixture.popups.fail('The archive is locked.'));
      await menu(page).getByRole('menuitem', { name: 'Unmute' }).click();
      await expect(main(page).getByRole('alert')).toBeVisible();
      await expectNoViolations(page, 'refused');
      await page.keyboard.press('Escape');
      await page.evaluate(() => window.fixture.popups.closeWindow());
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoViolations(page, 'closing');
      await page.getByRole('dialog').getByRole('button', { name: 'Quit' }).click();
      await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
      await expectNoViolations(page, 'closing refused');
    });
  });
}
