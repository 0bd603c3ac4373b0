/** Pictures of every state of the public URL, of the settings and of the first run, for people to look at. They are not compared. */
import type { Page } from '@playwright/test';

import type { UrlName } from '../src/host/fixture/outside-sets';
import type { SetName } from '../src/host/fixture/sets';
import { expect, item, test } from './page';

const NIGHT = { from: new Date('2026-03-17T22:10:00Z').getTime(), to: new Date('2026-03-18T07:55:00Z').getTime() };
const STATES: UrlName[] = ['off', 'connecting', 'online', 'reconnecting', 'needs-you', 'moved', 'several'];

/** So tall that all of what scrolls in it is seen. */
async function showAll(page: Page, scroller: string) {
  const height = await page.locator(scroller).evaluate((element) => {
    const { top } = element.getBoundingClientRect();
    return Math.ceil(top + element.scrollHeight);
  });
  await page.setViewportSize({ width: 1100, height });
  await page.locator(scroller).evaluate((element) => element.scrollTo(0, 0));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    const path = (name: string) => `test-results/screenshots/${name}-${colorScheme}.png`;

    for (const url of STATES) {
      test(`the state ${url}`, async ({ open }) => {
        const page = await open('few', url);
        await item(page, 'Café Morgenrot').click();
        await expect(page.getByText('See you at seven!').last()).toBeVisible();
        if (url === 'several') await page.getByRole('button', { name: 'Copy a URL' }).click();
        await page.screenshot({ path: path(`url-${url}`) });
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+,');
        await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
        await expect(page.getByText('How do messages get to this computer?')).toBeVisible();
        await page.screenshot({ path: path(`settings-${url}`) });
      });
    }

    test('late messages', async ({ open }) => {
      const page = await open('few');
      await item(page, 'Anna Berger').click();
      await page.evaluate(
        (night) => window.fixture.receiveLate(1, 'Are you still there?', Date.now(), night),
        NIGHT.to,
      );
      await page.evaluate((night) => window.fixture.receiveLate(1, 'It is urgent', Date.now(), night + 1), NIGHT.to);
      await expect(page.getByTitle('arrived').last()).toBeInViewport();
      await page.screenshot({ path: path('late') });
      await page.keyboard.press('Control+l');
      await expect(page.getByText('from 203.0.113.7').first()).toBeVisible();
      await page.screenshot({ path: path('event-log-client') });
    });

    test('the banners', async ({ open }) => {
      const page = await open('few', 'moved');
      await page.evaluate(({ from, to }) => {
        const { outside } = window.fixture;
        const trouble = { kind: 'asleep', code: null, detail: null } as const;
        outside.setBackAgain({ id: 9, beganAt: from, endedAt: to, trouble, late: 14 });
        outside.setPublicUrl({ quota: { used: 16_412, of: 20_000, resetsAt: Date.UTC(2026, 3, 1) } });
      }, NIGHT);
      await expect(page.getByText('14 messages arrived late')).toBeVisible();
      await page.screenshot({ path: path('url-banners') });
      await page.setViewportSize({ width: 390, height: 760 });
      await page.screenshot({ path: path('url-banners-narrow') });
    });

    test('the settings from top to bottom', async ({ open }) => {
      const page = await open('few', 'several');
      await page.evaluate(() => {
        const { outside } = window.fixture;
        outside.setPublicUrl({ quota: { used: 16_412, of: 20_000, resetsAt: Date.UTC(2026, 3, 1) } });
      });
      await page.getByRole('button', { name: 'Settings', exact: true }).click();
      await page.getByText('Network and plan').click();
      await page.getByText('Signature and answer').first().click();
      await page.getByRole('button', { name: 'Replace the secret…' }).first().click();
      await page.getByRole('button', { name: 'Remove…' }).nth(1).click();
      await page.getByRole('button', { name: 'Add an address' }).click();
      await showAll(page, '.room');
      await page.screenshot({ path: path('settings-all') });
      await page.getByRole('radio', { name: 'I have my own URL' }).check();
      await page.getByText('How do I get one?').click();
      await page.getByRole('textbox', { name: 'Your public URL' }).fill('http://messages.example.org');
      await page.getByRole('button', { name: 'Save', exact: true }).first().click();
      await showAll(page, '.room');
      await page.screenshot({ path: path('settings-own') });
      await page.setViewportSize({ width: 390, height: 760 });
      await page.screenshot({ path: path('settings-narrow') });
      await page.locator('.room').evaluate((element) => element.scrollTo(0, 1300));
      await page.screenshot({ path: path('settings-narrow-below') });
    });

    test('the first run', async ({ open }) => {
      const page = await open('empty');
      const shoot = async (name: string) => {
        await showAll(page, '.whole');
        await page.screenshot({ path: path(name) });
      };
      await expect(page.getByRole('textbox', { name: 'Domain' })).toBeVisible();
      await shoot('first-run-all');
      await page.getByText('Meta refused this URL?').click();
      await page.getByRole('radio', { name: 'I have my own URL' }).check();
      await page.getByText('How do I get one?').click();
      await shoot('first-run-own');
      await page.evaluate(() =>
        window.fixture.outside.meet(
          'tokenRefused',
          'The authtoken is properly formed, but it is invalid.',
          'ERR_NGROK_107',
        ),
      );
      await shoot('first-run-trouble');
      await page.evaluate(() => window.fixture.outside.goOnline());
      await page.getByRole('button', { name: 'Copy the URL' }).last().click();
      await page.getByRole('button', { name: 'Send a test message' }).click();
      await expect(page.getByText('It works')).toBeVisible();
      await shoot('first-run-done');
      await page.setViewportSize({ width: 390, height: 760 });
      await page.screenshot({ path: path('first-run-narrow') });
    });

    for (const [set, name] of [
      ['empty', 'alone'],
      ['few', 'beside'],
    ] as [SetName, string][]) {
      test(`needs you, narrow, ${name}`, async ({ open, page }) => {
        await page.setViewportSize({ width: 390, height: 760 });
        await open(set, 'needs-you');
        await page.screenshot({ path: path(`url-needs-you-narrow-${name}`) });
      });
    }
  });
}
