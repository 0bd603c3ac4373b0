/** Pictures of the main states, for people to look at. They are not compared. */
import { bubble, expect, item, test } from './page';

const schemes = ['light', 'dark'] as const;

for (const scheme of schemes) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });
    const path = (name: string) => `test-results/screenshots/${name}-${scheme}.png`;

    test('conversation', async ({ open }) => {
      const page = await open('few');
      await page.screenshot({ path: path('none-selected') });
      await item(page, 'Anna Berger').click();
      await expect(bubble(page, 'autumn collection')).toBeInViewport();
      await page.screenshot({ path: path('conversation') });
      await bubble(page, 'glad that nothing broke').getByRole('button', { name: 'Details' }).click();
      await page.getByRole('button', { name: 'Show raw' }).click();
      await page
        .getByRole('dialog')
        .evaluate((dialog) => Promise.all(dialog.getAnimations().map((run) => run.finished)));
      await page.screenshot({ path: path('details') });
    });

    test('other conversations', async ({ open }) => {
      const page = await open('few');
      for (const name of ['+49 170', 'Jonas Weber', 'Gardening club', 'محمد السيد', 'Sofia Rossi']) {
        await item(page, name).click();
        await expect(page.getByRole('article').last()).toBeInViewport();
        await page.screenshot({ path: path(`conversation-${name.replace(/\W/g, '') || 'arabic'}`) });
      }
      await page.getByRole('button', { name: 'Failed', exact: true }).click();
      await page.evaluate(() =>
        window.fixture.popups.setState({ kind: 'unavailable', reason: 'No notification daemon is running.' }),
      );
      await expect(page.getByText('No notification daemon')).toBeVisible();
      await page.screenshot({ path: path('filter-and-notice') });
    });

    test('first run', async ({ open }) => {
      const page = await open('empty');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.screenshot({ path: path('first-run') });
      await page.setViewportSize({ width: 1100, height: 1150 });
      await page.getByRole('button', { name: 'Send a test message' }).click();
      await expect(page.getByText('It works')).toBeVisible();
      await page.screenshot({ path: path('first-run-worked') });
    });

    test('error', async ({ open }) => {
      const page = await open('failed-start');
      await expect(page.getByRole('alert')).toBeVisible();
      await page.screenshot({ path: path('not-started') });
    });

    test('hostile text', async ({ open }) => {
      const page = await open('hostile');
      await item(page, '<img src=x').click();
      await expect(bubble(page, 'javascript:alert')).toBeInViewport();
      await page.screenshot({ path: path('hostile-end') });
      await page.getByRole('log').press('Home');
      await expect(bubble(page, 'onerror').first()).toBeInViewport();
      await page.screenshot({ path: path('hostile-start') });
    });

    test('search', async ({ open }) => {
      const page = await open('few');
      await page.getByRole('textbox').fill('an');
      await expect(page.getByRole('heading', { name: 'Messages' })).toBeVisible();
      await page.screenshot({ path: path('search') });
      await page.getByRole('textbox').fill('zzz');
      await expect(page.getByText('Nothing found')).toBeVisible();
      await page.screenshot({ path: path('search-nothing') });
    });

    test('narrow', async ({ open, page }) => {
      await page.setViewportSize({ width: 390, height: 760 });
      await open('few');
      await expect(item(page, 'Anna Berger')).toBeVisible();
      await page.screenshot({ path: path('narrow-list') });
      await item(page, 'Anna Berger').click();
      await expect(bubble(page, 'autumn collection')).toBeInViewport();
      await page.screenshot({ path: path('narrow-conversation') });
    });
  });
}
