/** The open conversation: what comes appears, ticks climb, and the reader keeps their place. */
import { bubble, expect, item, log, place, scrollBy, test, topOf } from './page';

const ANNA = 1;
const SOFIA = 8;

test('a message appears in the list and in the open conversation without reloading', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Sofia Rossi').click();
  await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
  await page.evaluate((conversation) => window.fixture.receive({ conversation, text: 'Are you open today?' }), SOFIA);
  await expect(bubble(page, 'Are you open today?')).toBeInViewport();
  await expect(page.getByRole('navigation').getByRole('listitem').first()).toContainText('Sofia Rossi');
  await expect(page.getByRole('navigation').getByRole('listitem').first()).toContainText('Are you open today?');
});

test('a tick climbs and a late lower step does not lower it', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Sofia Rossi').click();
  const id = await page.evaluate(
    (conversation) => window.fixture.receive({ conversation, text: 'Yes, until six.', direction: 'out' }),
    SOFIA,
  );
  const tick = bubble(page, 'Yes, until six.').getByRole('img');
  await expect(tick).toHaveAccessibleName('Sent');
  await page.evaluate((message) => window.fixture.climb(message, 'delivered'), id);
  await expect(tick).toHaveAccessibleName('Delivered');
  await page.evaluate((message) => window.fixture.climb(message, 'read'), id);
  await expect(tick).toHaveAccessibleName('Read');
  await expect(item(page, 'Sofia Rossi').getByRole('img')).toHaveAccessibleName('Read');
  await page.evaluate((message) => {
    window.fixture.climb(message, 'delivered');
    window.fixture.edit(message, 'Yes, until seven.');
  }, id);
  await expect(bubble(page, 'Yes, until seven.').getByRole('img')).toHaveAccessibleName('Read');
});

test('a failed message says why, with the code, and its steps are in the details', async ({ open }) => {
  const page = await open('few');
  await item(page, '+49 170').click();
  const failed = bubble(page, 'We tried to reach you');
  await expect(failed).toContainText('The recipient cannot be reached: not on WhatsApp');
  await failed.getByRole('button', { name: 'Details' }).click();
  const details = page.getByRole('dialog', { name: 'Message details' });
  await expect(details.getByRole('listitem')).toHaveText([
    /Sent/,
    /Failed.*131026.*Message undeliverable.*phone number is not on WhatsApp/s,
  ]);
  await details.getByRole('button', { name: 'Show raw' }).click();
  await expect(details.locator('pre')).toContainText('"object": "whatsapp_business_account"');
  await details.getByRole('button', { name: 'exactly as it came' }).click();
  expect(await page.evaluate(() => window.fixture.clipboard)).toContain('{"object":"whatsapp_business_account"');
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await expect(failed.getByRole('button', { name: 'Details' })).toBeFocused();
});

test('a step that is told while the details are open appears there', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Café Morgenrot').click();
  await bubble(page, 'See you at seven').getByRole('button', { name: 'Details' }).click();
  const steps = page.getByRole('dialog').getByRole('listitem');
  await expect(steps).toHaveText([/Sent/, /Delivered/]);
  await page.evaluate(() => window.fixture.climb(2003, 'read'));
  await expect(steps).toHaveText([/Sent/, /Delivered/, /Read/]);
});

test('statuses of another system’s message, reactions, edits and deletions show', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Sofia Rossi').click();
  const first = await page.evaluate((id) => window.fixture.statusesOnly(id, 'delivered'), SOFIA);
  await expect(bubble(page, 'Sent from another system').getByRole('img')).toHaveAccessibleName('Delivered');
  await page.evaluate((id) => window.fixture.react(id, '🎉', 'Sofia'), first);
  await expect(bubble(page, 'Sent from another system').getByRole('list', { name: 'Reactions' })).toContainText('🎉');
  const id = await page.evaluate((conversation) => window.fixture.receive({ conversation, text: 'Helo' }), SOFIA);
  await page.evaluate((message) => window.fixture.edit(message, 'Hello'), id);
  await expect(bubble(page, 'Hello')).toContainText('Edited');
  await page.evaluate((message) => window.fixture.revoke(message), id);
  await expect(bubble(page, 'Deleted by the sender')).toBeInViewport();
  await expect(bubble(page, 'Hello')).toHaveCount(0);
});

test('opening shows the unread line and marks the conversation read', async ({ open }) => {
  const page = await open('few');
  await expect(page).toHaveTitle('(2) Bluetick');
  await expect(item(page, 'Anna Berger')).toContainText('2 unread messages');
  await item(page, 'Anna Berger').click();
  await expect(page.getByText('New messages')).toBeInViewport();
  await expect(item(page, 'Anna Berger')).not.toContainText('unread');
  await expect(page).toHaveTitle('(1) Bluetick');
  expect(await page.evaluate((id) => window.fixture.unread(id), ANNA)).toBe(0);
  await expect(page.getByText('New messages'), 'the line stays while the conversation is open').toBeInViewport();
});

test('scrolled up, new messages are counted on a pill that leads to them', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Sofia Rossi').click();
  await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
  await log(page).hover();
  await page.mouse.wheel(0, -900);
  await expect(page.getByRole('button', { name: 'Go to the newest message' })).toBeVisible();
  for (const text of ['One', 'Two', 'Three']) {
    await page.evaluate(([conversation, text]) => window.fixture.receive({ conversation, text }), [
      SOFIA,
      text,
    ] as const);
  }
  const pill = page.getByRole('button', { name: 'Go to 3 new messages' });
  await expect(pill).toHaveText('3 new');
  expect(await page.evaluate((id) => window.fixture.unread(id), SOFIA), 'not seen yet').toBe(3);
  await pill.click();
  await expect(bubble(page, 'Three')).toBeInViewport();
  await expect(pill).toBeHidden();
  await expect.poll(() => page.evaluate((id) => window.fixture.unread(id), SOFIA)).toBe(0);
});

test('what comes while the window is not looked at stays unread until it is', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Sofia Rossi').click();
  await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
  await page.evaluate((conversation) => {
    document.hasFocus = () => false;
    window.fixture.receive({ conversation, text: 'Anyone there?' });
  }, SOFIA);
  await expect(bubble(page, 'Anyone there?')).toBeInViewport();
  await expect(page.getByText('New messages')).toBeInViewport();
  await expect(item(page, 'Sofia Rossi')).toContainText('1 unread message');
  await page.evaluate(() => {
    document.hasFocus = () => true;
    window.dispatchEvent(new Event('focus'));
  });
  await expect(item(page, 'Sofia Rossi')).not.toContainText('unread');
});

test('a look at another page leads back to where the reader was', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Sofia Rossi').click();
  await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
  await place(page);
  await scrollBy(page, -2000);
  const reader = await place(page);
  await page.keyboard.press('Control+l');
  await expect(log(page)).toBeHidden();
  await page.keyboard.press('Escape');
  // The first message in sight stands first now, also where only its end was in sight.
  await expect.poll(async () => Math.abs(((await topOf(page, reader.id)) ?? Infinity) - reader.top)).toBeLessThan(200);
  await expect(page.getByRole('button', { name: 'Go to the newest message' })).toBeVisible();
  await page.getByRole('button', { name: 'Go to the newest message' }).click();
  await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
  await page.keyboard.press('Control+l');
  await page.evaluate((conversation) => window.fixture.receive({ conversation, text: 'Are you there?' }), SOFIA);
  await page.keyboard.press('Escape');
  await expect(bubble(page, 'Are you there?')).toBeInViewport();
});

test('older messages load and the reader keeps their place', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Sofia Rossi').click();
  await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
  await place(page);
  const height = () => log(page).evaluate((element) => element.scrollHeight);
  for (let turn = 0; turn < 3; turn += 1) {
    const before = await height();
    // Just below where more is read, then a little further: only this little may be seen to move.
    await log(page).evaluate((element) => element.scrollTo(0, 640));
    const reader = await place(page);
    await scrollBy(page, -100);
    await expect.poll(height, 'older messages were put before').toBeGreaterThan(before + 500);
    // Lines end between pixels and scrolling ends on them, so that one pixel may be lost.
    const strayed = async () => Math.abs(((await topOf(page, reader.id)) ?? Infinity) - (reader.top + 100));
    await expect.poll(strayed, 'the reader moved by the scroll only').toBeLessThanOrEqual(1);
    await place(page);
    expect(await strayed(), 'and stays').toBeLessThanOrEqual(1);
  }
});

test('a quote leads to the quoted message', async ({ open, page }) => {
  await page.setViewportSize({ width: 1100, height: 420 });
  await open('few');
  await item(page, 'Anna Berger').click();
  const quoted = page.locator('[data-message="1001"]');
  await page.getByRole('log').press('Home');
  await page.getByRole('button', { name: 'Customer Hello! Is my order' }).click();
  await expect(quoted).toBeInViewport();
  await expect(quoted).toHaveClass(/flashed/);
});

test('a conversation that is opened from outside, and one that is merged into another', async ({ open }) => {
  const page = await open('few');
  await page.evaluate(() => window.fixture.openConversation(6));
  await expect(page.getByRole('heading', { level: 1, name: 'Jonas Weber' })).toBeVisible();
  await page.evaluate(() => window.fixture.merge(6, 2));
  await expect(page.getByRole('heading', { level: 1, name: 'Café Morgenrot' })).toBeVisible();
  await expect(item(page, 'Jonas Weber')).toHaveCount(0);
  await expect(bubble(page, 'Invoice-2026-118.pdf')).toBeVisible();
});

test('after a gap everything is read anew, without losing the place', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Sofia Rossi').click();
  await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
  await place(page);
  await scrollBy(page, -700);
  await expect(page.getByRole('button', { name: 'Go to the newest message' })).toBeVisible();
  const reader = await place(page);
  await page.evaluate(
    (conversation) =>
      window.fixture.unnoticed(() => {
        window.fixture.receive({ conversation, text: 'Unnoticed' });
        window.fixture.receive({ title: 'Someone new', text: 'Hi' });
      }),
    SOFIA,
  );
  await expect(item(page, 'Someone new')).toBeVisible();
  await expect(item(page, 'Sofia Rossi')).toContainText('Unnoticed');
  expect(await topOf(page, reader.id)).toBe(reader.top);
  await page.getByRole('button', { name: 'Go to the newest message' }).click();
  await expect(bubble(page, 'Unnoticed')).toBeInViewport();
});

test('the 24-hour window follows the clock', async ({ open, page }) => {
  await open('few');
  await item(page, 'Anna Berger').click();
  await expect(page.getByText('Free-form replies until 13:57')).toBeVisible();
  await page.clock.setFixedTime(new Date('2026-03-19T13:58:00Z'));
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(page.getByText('Only templates: last message more than 24 h ago')).toBeVisible();
});

test('messages that cannot be read are a state with a way out', async ({ open }) => {
  const page = await open('few');
  await page.evaluate(() => window.fixture.failReading('disk'));
  await item(page, 'Anna Berger').click();
  await expect(page.getByRole('alert')).toContainText('could not be read');
  await page.evaluate(() => window.fixture.failReading(null));
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(bubble(page, 'autumn collection')).toBeInViewport();
});
