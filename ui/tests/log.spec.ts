/** The event log, notices about the account, and reading everything again. */
import type { Page } from '@playwright/test';

import { expectNoViolations } from './axe';
import { expect, item, test } from './page';

const deliveries = (page: Page) => page.getByRole('feed', { name: 'Deliveries' }).getByRole('article');

async function openLog(page: Page) {
  await page.getByRole('button', { name: 'Event log' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Event log' })).toBeVisible();
  await expect(deliveries(page).first()).toBeVisible();
}

test('the event log opens by key, filters, and closes to where it was opened', async ({ open }) => {
  const page = await open('gallery');
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { level: 1, name: 'Event log' })).toBeVisible();
  await expect(deliveries(page).first()).toContainText(/Read.*default.*#130.*1 message/s);
  await page.getByRole('button', { name: 'Not understood', exact: true }).click();
  await expect(deliveries(page).first()).toContainText('The field “hologram” is not known');
  expect(await deliveries(page).evaluateAll((all) => all.every((one) => one.classList.contains('unread')))).toBe(true);
  await page.getByRole('button', { name: 'Rejected', exact: true }).click();
  await expect(deliveries(page).first()).toContainText('The body is not JSON');
  await page.keyboard.press('Escape');
  await expect(page.getByText('Choose a conversation')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Event log' })).toBeFocused();
});

test('a delivery shows its body exactly as it came, and copies it', async ({ open }) => {
  const page = await open('gallery');
  await openLog(page);
  const head = deliveries(page).first().getByRole('button', { name: /Read/ });
  await expect(head).toHaveAttribute('aria-expanded', 'false');
  await head.click();
  await expect(head).toHaveAttribute('aria-expanded', 'true');
  const body = deliveries(page).first().getByRole('region', { name: 'exactly as it came' });
  await expect(body).toContainText('"object": "whatsapp_business_account"');
  await deliveries(page).first().getByRole('button', { name: 'exactly as it came' }).click();
  expect(await page.evaluate(() => window.fixture.clipboard)).toMatch(/^\{"object":"whatsapp_business_account",/);
  await head.click();
  await expect(body).toHaveCount(0);
});

test('older deliveries are read on demand, down to the first', async ({ open }) => {
  const page = await open('gallery');
  await openLog(page);
  await page.getByRole('feed').focus();
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return deliveries(page).last().getAttribute('data-delivery');
    })
    .toBe('1');
});

test('what comes appears on top, and whoever reads further down stays there', async ({ open }) => {
  const page = await open('gallery');
  await openLog(page);
  await page.evaluate(() => window.fixture.deliver({ note: 'The field “teleport” is not known.' }));
  await expect(deliveries(page).first()).toContainText('teleport');
  const feed = page.getByRole('feed');
  await feed.evaluate((element) => element.scrollTo(0, 900));
  await expect(page.getByRole('button', { name: 'Go to the newest delivery' })).toBeVisible();
  const reader = page.locator('[data-delivery="118"]');
  await expect(reader).toBeInViewport();
  const top = await reader.evaluate((element) => element.getBoundingClientRect().top);
  await page.evaluate(() => window.fixture.deliver({ outcome: 'rejected', note: 'Not JSON.' }));
  await expect.poll(() => feed.evaluate((element) => element.scrollTop)).toBeGreaterThan(950);
  await expect.poll(() => reader.evaluate((element) => element.getBoundingClientRect().top)).toBeCloseTo(top, 0);
  await page.getByRole('button', { name: 'Go to the newest delivery' }).click();
  await expect(deliveries(page).first()).toContainText('Not JSON.');
});

test('an empty log and one that cannot be read are states', async ({ open }) => {
  const page = await open('empty');
  await page.getByRole('button', { name: 'See everything that was delivered' }).click();
  await expect(page.getByText('Nothing was delivered yet')).toBeVisible();
  await page.evaluate(() => window.fixture.failReading('disk'));
  await page.getByRole('button', { name: 'Rejected' }).click();
  await expect(page.getByRole('alert')).toContainText('The event log could not be read.');
  await page.evaluate(() => window.fixture.failReading(null));
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Nothing was rejected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Connect your WhatsApp number' })).toBeVisible();
});

const NOTICES = [
  { id: 3, line: 'Import of earlier chats', percent: 40, delivery: 3 },
  { id: 2, line: 'The template “spring_sale” was paused because of its quality', percent: null, delivery: 2 },
  { id: 1, line: 'The number +43 720 115 200 was flagged', percent: null, delivery: 1 },
];

test('notices are shown newest first and put away one by one', async ({ open }) => {
  const page = await open('few');
  await page.evaluate((rows) => window.fixture.notices(rows.map((row) => ({ ...row, at: Date.now() }))), NOTICES);
  const notices = page.getByRole('region', { name: 'About your account' });
  await expect(notices.getByRole('listitem')).toHaveText([/Import of earlier chats.*40 %/, /spring_sale/]);
  await expect(notices.getByRole('progressbar', { name: 'Import of earlier chats' })).toHaveAttribute('value', '40');
  await notices.getByRole('button', { name: 'Show 1 more' }).click();
  await expect(notices.getByRole('listitem')).toHaveCount(3);
  await notices.getByRole('button', { name: 'Put away: The template' }).click();
  await expect(notices.getByRole('listitem')).toHaveText([/Import/, /flagged/]);
  await notices.getByRole('button', { name: 'Put away: Import' }).click();
  await notices.getByRole('button', { name: 'Put away: The number' }).click();
  await expect(notices).toHaveCount(0);
});

test('reading everything again is advised, shows how far it is, and says what it changed', async ({ open }) => {
  const page = await open('few');
  await page.evaluate(() => window.fixture.reread({ kind: 'advised' }));
  await expect(page.getByText('This version understands more')).toBeVisible();
  await page.getByRole('button', { name: 'Read everything again' }).click();
  const progress = page.getByRole('progressbar', { name: 'Reading everything again' });
  await expect(progress).toHaveAttribute('value', '0');
  await page.evaluate(() => window.fixture.reread({ kind: 'running', done: 2, total: 3 }));
  await expect(progress).toHaveAttribute('value', '2');
  await expect(page.getByText('2 of 3 deliveries')).toBeVisible();
  await page.evaluate(() => window.fixture.endReread(false, { added: 1, changed: 2 }));
  await expect(page.getByText('3 deliveries read again: 1 new message and 2 messages changed.')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('read again')).toHaveCount(0);
});

test('reading again is started from the event log, stopped, and may fail', async ({ open }) => {
  const page = await open('gallery');
  await openLog(page);
  await page.getByRole('button', { name: 'Read everything again' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Read everything again' })).toBeDisabled();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(
    page.getByText('Stopped before the end. 130 deliveries read again: nothing is different.'),
  ).toBeVisible();
  await page.evaluate(() => window.fixture.reread({ kind: 'failed', reason: 'disk full' }));
  await expect(page.getByRole('alert')).toHaveText('Reading everything again did not work: disk full');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    const path = (name: string) => `test-results/screenshots/${name}-${colorScheme}.png`;

    test('axe finds nothing in the event log', async ({ open }) => {
      const page = await open('gallery');
      await openLog(page);
      await deliveries(page).nth(2).getByRole('button').first().click();
      await expect(deliveries(page).nth(2).getByRole('region')).toBeVisible();
      await page.screenshot({ path: path('event-log') });
      await expectNoViolations(page, 'event log');
      await page.getByRole('button', { name: 'Rejected', exact: true }).click();
      await page.evaluate(() => window.fixture.reread({ kind: 'running', done: 52, total: 130 }));
      await expect(deliveries(page).first()).toContainText('not JSON');
      await page.screenshot({ path: path('event-log-rejected') });
      await expectNoViolations(page, 'running');
    });

    test('axe finds nothing in the notices and the bar above the window', async ({ open }) => {
      const page = await open('gallery');
      await page.evaluate(() => window.fixture.reread({ kind: 'running', done: 52, total: 130 }));
      await page.evaluate((rows) => window.fixture.notices(rows.map((row) => ({ ...row, at: Date.now() }))), NOTICES);
      await item(page, 'Orders').click();
      await expect(page.getByText('gift-wrap')).toBeVisible();
      await page.screenshot({ path: path('notices') });
      await expectNoViolations(page, 'notices');
      const states = [
        { kind: 'advised' },
        { kind: 'failed', reason: 'The disk is full.' },
        {
          kind: 'done',
          outcome: { deliveries: 130, added: 1, changed: 17, removed: 2, events: 3 },
          cancelled: false,
        },
      ] as const;
      for (const state of states) {
        await page.evaluate((state) => window.fixture.reread(state), state);
        await expect(page.locator(`.bar.${state.kind}`)).toBeVisible();
        await page.screenshot({ path: path(`reread-${state.kind}`) });
        await expectNoViolations(page, state.kind);
      }
    });
  });
}
