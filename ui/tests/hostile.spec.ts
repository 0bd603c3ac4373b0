/** What strangers send is text. The fixture of every test fails on dialogs, errors and breaks of the policy. */
import { bubble, expect, item, test } from './page';

const MARKUP = '<img src=x onerror=alert(1)><script>alert(2)</script><b>bold</b> {@html "x"} &lt;';

test('markup in names, texts, previews, quotes, reasons and reactions stays text', async ({ open }) => {
  const page = await open('hostile');
  await item(page, '<img src=x').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('<img src=x onerror=alert(1)>');
  await page.getByRole('log').press('Home');
  await expect(bubble(page, MARKUP).first()).toBeInViewport();
  await expect(bubble(page, MARKUP).first().locator('.author')).toHaveText('<script>alert(3)</script>');
  await page.getByRole('log').press('End');
  await expect(bubble(page, 'javascript:alert(1)')).toBeInViewport();
  await expect(bubble(page, 'after many').getByRole('blockquote')).toContainText(MARKUP);
  await expect(bubble(page, 'Not delivered')).toContainText(`Not delivered. ${MARKUP}`);
  await expect(page.locator('img, script:not([src]), a, iframe, #window b')).toHaveCount(0);
});

test('a message is shown exactly as it was written', async ({ open }) => {
  const page = await open('hostile');
  await item(page, '<img src=x').click();
  const text = '  two  spaces\n\n\ttab <b>&amp;\n';
  await page.evaluate((text) => window.fixture.receive({ conversation: 1, text }), text);
  const shown = bubble(page, 'two').locator('.text');
  await expect(shown).toBeInViewport();
  expect(await shown.evaluate((element) => element.textContent)).toBe(text);
});

test('nothing widens the window', async ({ open }) => {
  const page = await open('hostile');
  for (const name of ['<img src=x', 'VeryVery', 'evil name with lines', '👩‍👩‍👧‍👦']) {
    await item(page, name).first().click();
    await expect(page.getByRole('article').last()).toBeInViewport();
    const wide = await page.evaluate(() =>
      [document.documentElement, document.querySelector('[role=log]')!].some(
        (one) => one.scrollWidth > one.clientWidth,
      ),
    );
    expect(wide, name).toBe(false);
  }
});

test('the policy would stop an inline script, so these tests can see one', async ({ page }) => {
  const answer = await page.request.get('/');
  expect(answer.headers()['content-security-policy']).toContain(
    "default-src 'none'; script-src 'self'; style-src 'self'",
  );
});
