/** A file is fetched only when it is asked for, and whatever comes of it is said in words. */
import type { Page } from '@playwright/test';

import { expectNoViolations } from './axe';
import { bubble, clickStill, expect, item, place, test } from './page';

const PHOTO = 'It came like this';

async function openFiles(page: Page) {
  await item(page, 'Files, downloaded').waitFor();
  await page.getByRole('button', { name: /^Files \d/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Files', exact: true })).toBeVisible();
  await page.getByRole('log').press('Home');
  await expect(bubble(page, PHOTO)).toBeInViewport();
  await place(page);
}

test('a photo is downloaded when asked for, shown, and still there after a look elsewhere', async ({ open }) => {
  const page = await open('gallery');
  await openFiles(page);
  const photo = bubble(page, PHOTO);
  await expect(photo.getByRole('img')).toHaveCount(0);
  await page.evaluate(() => {
    window.letGo = window.fixture.holdDownloads();
  });
  await photo.getByRole('button', { name: 'Download the photo' }).click();
  await expect(photo.getByRole('status').filter({ hasText: 'Downloading…' })).toBeVisible();
  await expect(photo.getByRole('button', { name: 'Download' })).toHaveCount(0);
  await page.evaluate(() => window.letGo());
  await expect(photo.getByRole('img', { name: 'Photo: It came like this' })).toBeVisible();
  await photo.getByRole('button', { name: 'Copy path' }).click();
  expect(await page.evaluate(() => window.fixture.clipboard)).toMatch(/photo\.jpg$/);
  await item(page, 'Orders').click();
  await expect(bubble(page, 'gift-wrap')).toBeVisible();
  await openFiles(page);
  await expect(photo.getByRole('img')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('where the provider wants a token it is asked for, and the download goes on with it', async ({ open }) => {
      const page = await open('gallery');
      await page.evaluate(() => {
        window.fixture.wantedToken = 'right';
      });
      await openFiles(page);
      const photo = bubble(page, PHOTO);
      await photo.getByRole('button', { name: 'Download' }).click();
      const form = photo.getByRole('form', { name: 'An access token is needed' });
      await expect(form).toContainText('Meta keeps the file');
      await expect(form.getByRole('alert')).toHaveText('There is no access token yet.');
      await expect(form.getByRole('button', { name: 'Save and download' })).toBeDisabled();
      await page.screenshot({ path: `test-results/screenshots/media-token-${colorScheme}.png` });
      await expectNoViolations(page, 'token');
      const field = form.getByLabel('Access token');
      await expect(field).toHaveAttribute('type', 'password');
      await field.fill('wrong');
      await field.press('Enter');
      await expect(form.getByRole('alert')).toHaveText('Meta refused the access token that is saved.');
      await form.getByLabel('Access token').fill('right');
      await form.getByRole('button', { name: 'Save and download' }).click();
      await expect(photo.getByRole('img', { name: PHOTO })).toBeVisible();
      expect(await page.evaluate(() => window.fixture.mediaToken)).toBe('right');
    });

    test('a file that is no longer there says so, and can be asked for again', async ({ open }) => {
      const page = await open('gallery');
      await openFiles(page);
      const expired = bubble(page, 'PNG picture');
      await clickStill(page, expired.getByRole('button', { name: 'Download' }));
      await expect(expired.getByRole('alert')).toContainText('The link has expired.');
      await page.screenshot({ path: `test-results/screenshots/media-expired-${colorScheme}.png` });
      await expectNoViolations(page, 'expired');
      await expired.getByRole('button', { name: 'Try again' }).click();
      await expect(expired.getByRole('alert')).toContainText('The link has expired.');
    });
  });
}

test('the form for the token can be left', async ({ open }) => {
  const page = await open('gallery');
  await page.evaluate(() => {
    window.fixture.wantedToken = 'right';
  });
  await openFiles(page);
  await bubble(page, PHOTO).getByRole('button', { name: 'Download' }).click();
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(bubble(page, PHOTO).getByRole('button', { name: 'Download' })).toBeVisible();
});

test('what is not understood is shown as it came', async ({ open }) => {
  const page = await open('gallery');
  await item(page, 'Notes and the unknown').click();
  const unknown = bubble(page, 'type hologram');
  await clickStill(page, unknown.getByRole('button', { name: 'Show raw' }));
  const raw = page.getByRole('dialog', { name: 'Message details' }).getByRole('region', { name: 'exactly as it came' });
  await expect(raw).toBeFocused();
  await expect(raw).toContainText('"kind": "hologram"');
  await page.keyboard.press('Escape');
  await expect(unknown.getByRole('button', { name: 'Show raw' })).toBeFocused();
});

test('links of strangers open in the browser and only if they are safe', async ({ open }) => {
  const page = await open('gallery');
  await item(page, 'Places and contacts').click();
  const map = page.getByRole('link', { name: 'Open in Google Maps' }).first();
  await expect(map).toHaveAttribute('href', 'https://www.google.com/maps?q=48.20849,16.37208');
  await expect(map).toHaveAttribute('rel', 'noopener noreferrer');
  await clickStill(page, map);
  await clickStill(page, page.getByRole('link', { name: 'https://cafe.example.org/visit' }));
  expect(await page.evaluate(() => window.fixture.opened)).toEqual([
    'https://www.google.com/maps?q=48.20849,16.37208',
    'https://cafe.example.org/visit',
  ]);
  expect(page.context().pages()).toHaveLength(1);
  await item(page, 'Hostile').click();
  await page.getByRole('log').press('Home');
  await expect(page.getByRole('link')).toHaveText([/^https:\/\/xn--pple-43d\.com\//]);
});

test('the details tell the price as last told, and steps in words that nobody knows', async ({ open }) => {
  const page = await open('gallery');
  await item(page, 'Statuses').click();
  await clickStill(page, bubble(page, 'Everything about this one').getByRole('button', { name: 'Details' }));
  const details = page.getByRole('dialog');
  await expect(details.getByRole('listitem')).toHaveText([
    /Sent/,
    /Delivered/,
    /Read/,
    /Warning/,
    /Deleted by the sender/,
    /teleported/,
  ]);
  const terms = details.getByRole('heading', { name: 'Price and conversation' }).locator('+ dl');
  await expect(terms).toContainText('Category Utility');
  await expect(terms).toContainText('Charged No');
  await expect(terms).toContainText('Priced Per message');
  await expect(terms).toContainText('Conversation Opened by the business');
  await expect(terms).toContainText('campaign=spring&row=118');
  await expectNoViolations(page, 'details');
  await page.screenshot({ path: 'test-results/screenshots/details-terms-light.png' });
});

test('SMS lines say so, and have no window for free-form replies', async ({ open }) => {
  const page = await open('gallery');
  await expect(page.getByRole('combobox', { name: 'Business number' }).getByRole('option').last()).toHaveText(
    'SMS · +43 676 800 50',
  );
  await item(page, '+43 676 5550199').click();
  await expect(page.getByRole('main')).toContainText('to SMS · +43 676 800 50');
  await expect(page.getByText(/Free-form replies|Only templates/)).toHaveCount(0);
  await clickStill(page, page.getByText('Show bytes'));
  await expect(page.getByText('48 65 6c 6c 6f 20 74 68 65 72 65')).toBeVisible();
});

declare global {
  interface Window {
    letGo: () => void;
  }
}
