/** The conversation list and the search above it. */
import { bubble, expect, item, test } from './page';

const MOST_NODES = 3000;

test('10,000 conversations scroll with few elements on the page', async ({ open }) => {
  const page = await open('many');
  await expect(item(page, 'Amelie Adler 1').first()).toBeVisible();
  const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
  const furthest = () =>
    page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll<HTMLElement>('[data-conversation]')].map((one) =>
          Number(one.dataset.conversation),
        ),
      ),
    );
  await page.getByRole('navigation').getByRole('list').hover();
  for (let goal = 100; goal <= 1000; goal += 100) {
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 4000);
        return furthest();
      })
      .toBeGreaterThan(goal);
    expect(await nodes()).toBeLessThan(MOST_NODES);
  }
});

test('filters show the unread and the failed, and the open one stays until another is opened', async ({ open }) => {
  const page = await open('few');
  const lines = page.getByRole('navigation').getByRole('listitem');
  await page.getByRole('button', { name: 'Unread 2' }).click();
  await expect(lines).toHaveText([/Anna Berger/, /Léa Dubois/]);
  await item(page, 'Anna Berger').click();
  await expect(page.getByRole('button', { name: 'Unread 1' })).toBeVisible();
  await expect(lines).toHaveText([/Anna Berger/, /Léa Dubois/]);
  await item(page, 'Léa Dubois').click();
  await expect(lines).toHaveText([/Léa Dubois/]);
  await page.getByRole('button', { name: 'Failed', exact: true }).click();
  await expect(lines).toHaveText([/\+49 170 5550123/]);
});

test('a business number can be chosen where there are several', async ({ open }) => {
  const page = await open('few');
  await page.getByRole('combobox', { name: 'Business number' }).selectOption('+49 30 5557 0199');
  await expect(page.getByRole('navigation').getByRole('listitem')).toHaveText([/\+49 170/, /Jonas Weber/]);
});

test('search finds people and messages, and a message is opened where it stands', async ({ open }) => {
  const page = await open('few');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('message 17 of');
  const found = page.getByRole('list', { name: 'Messages' }).getByRole('button');
  await expect(found).toHaveCount(1);
  await found.click();
  const hit = bubble(page, 'Message 17 of 400');
  await expect(hit).toBeInViewport();
  await expect(hit).toHaveClass(/flashed/);
  await page.getByRole('button', { name: 'Go to the newest message' }).click();
  await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
  await page.getByRole('textbox').fill('léa');
  await expect(page.getByRole('list', { name: 'People' }).getByRole('button')).toHaveText([/Léa Dubois/]);
  await page.getByRole('textbox').fill('nobody says this');
  await expect(page.getByText('Nothing found for “nobody says this”')).toBeVisible();
});

test('the width of the list is dragged, kept, and moved with the keys', async ({ open }) => {
  const page = await open('few');
  const splitter = page.getByRole('separator', { name: 'Width of the conversation list' });
  const box = (await splitter.boundingBox())!;
  await page.mouse.move(box.x, 300);
  await page.mouse.down();
  await page.mouse.move(400, 300);
  await page.mouse.up();
  await expect(splitter).toHaveAttribute('aria-valuenow', '400');
  await splitter.press('ArrowRight');
  await expect(splitter).toHaveAttribute('aria-valuenow', '416');
  await page.reload();
  await expect(splitter).toHaveAttribute('aria-valuenow', '416');
});

test('popups that cannot be shown are said calmly, and unsaid', async ({ open }) => {
  const page = await open('few');
  await page.evaluate(() => window.fixture.popups.setState({ kind: 'unavailable', reason: 'No daemon.' }));
  await expect(page.getByRole('status').filter({ hasText: 'No daemon.' })).toBeVisible();
  await page.evaluate(() => window.fixture.popups.setState({ kind: 'available' }));
  await expect(page.getByText('No daemon.')).toBeHidden();
});

test('a narrow window shows one pane at a time', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 760 });
  await open('few');
  await item(page, 'Anna Berger').click();
  await expect(bubble(page, 'autumn collection')).toBeInViewport();
  await expect(page.getByRole('navigation')).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Back to conversations' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(item(page, 'Anna Berger')).toBeFocused();
});
