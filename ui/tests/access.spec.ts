/** The window without a mouse and without eyes. */
import { expectNoViolations } from './axe';
import { bubble, expect, item, test } from './page';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing in a conversation', async ({ open }) => {
      const page = await open('few');
      await expectNoViolations(page, 'nothing selected');
      await item(page, '+49 170').click();
      await expect(bubble(page, 'We tried')).toBeInViewport();
      await expectNoViolations(page, 'failed message');
      await item(page, 'Anna Berger').click();
      await expect(bubble(page, 'autumn')).toBeInViewport();
      await expectNoViolations(page, 'conversation');
    });

    test('axe finds nothing in the details and the search', async ({ open }) => {
      const page = await open('few');
      await item(page, 'Anna Berger').click();
      await bubble(page, 'nothing broke').getByRole('button', { name: 'Details' }).click();
      await page.getByRole('button', { name: 'Show raw' }).click();
      await expectNoViolations(page, 'details');
      await page.getByRole('textbox').fill('an');
      await expect(page.getByRole('list', { name: 'People' })).toBeVisible();
      await expectNoViolations(page, 'search');
    });

    test('axe finds nothing on the pages without conversations', async ({ open }) => {
      const page = await open('empty');
      await page.getByRole('button', { name: 'Send a test message' }).click();
      await expect(page.getByText('The first message is here')).toBeVisible();
      await expectNoViolations(page, 'first run');
      await open('failed-start');
      await expect(page.getByRole('alert')).toBeVisible();
      await expectNoViolations(page, 'not started');
    });
  });
}

test('the keys go through the list, open, and come back', async ({ open }) => {
  const page = await open('few');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(item(page, 'Anna Berger')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(item(page, 'Café Morgenrot')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Café Morgenrot' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(item(page, 'Sofia Rossi')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(item(page, 'Anna Berger')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Choose a conversation')).toBeVisible();
});

test('the keys keep the focus in a list of thousands', async ({ open }) => {
  const page = await open('many');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('ArrowDown');
  await expect(item(page, 'Amelie Adler 1').first()).toBeFocused();
  const focused = page.locator('[data-conversation]:focus');
  for (let turn = 0; turn < 3; turn += 1) {
    const before = (await focused.getAttribute('data-conversation')) ?? '';
    await page.keyboard.press('PageDown');
    // The next page begins where this one has led, so the focus must have got there.
    await expect(focused).not.toHaveAttribute('data-conversation', before);
  }
  await expect(focused).toBeInViewport();
  expect(Number(await focused.getAttribute('data-conversation'))).toBeGreaterThan(15);
  await page.keyboard.press('Home');
  await expect(item(page, 'Amelie Adler 1').first()).toBeFocused();
  await expect(item(page, 'Amelie Adler 1').first()).toBeInViewport();
});

test('the keys go through what was found', async ({ open }) => {
  const page = await open('few');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('berger');
  await expect(page.getByRole('list', { name: 'People' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(item(page, 'Anna Berger').first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox')).toHaveValue('');
});

test('the list as it is read aloud', async ({ open }) => {
  const page = await open('few');
  await expect(page.getByRole('navigation')).toMatchAriaSnapshot({ name: 'list.aria.yml' });
});

test('a conversation as it is read aloud', async ({ open }) => {
  const page = await open('few');
  await item(page, '+49 170').click();
  await expect(bubble(page, 'We tried')).toBeInViewport();
  await expect(page.getByRole('main')).toMatchAriaSnapshot({ name: 'conversation.aria.yml' });
});

test('the first page as it is read aloud', async ({ open }) => {
  const page = await open('empty');
  await expect(page.getByRole('main')).toMatchAriaSnapshot({ name: 'first-run.aria.yml' });
});

test('messages are announced at the end only, not while reading back', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Sofia Rossi').click();
  await expect(bubble(page, 'Message 400 of 400')).toBeInViewport();
  await expect(page.getByRole('log')).toHaveAttribute('aria-live', 'polite');
  await page.getByRole('log').hover();
  await page.mouse.wheel(0, -800);
  await expect(page.getByRole('log')).toHaveAttribute('aria-live', 'off');
});
