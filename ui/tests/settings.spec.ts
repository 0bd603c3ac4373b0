/** The settings: what is decided about the public URL, and the addresses. */
import type { Page } from '@playwright/test';

import { expectNoViolations } from './axe';
import { expect, item, test } from './page';

const calls = (page: Page, name: string) => page.evaluate((name) => window.fixture.outside.told(name), name);
const urlPart = (page: Page) => page.getByRole('region', { name: 'Public URL', exact: true });
const addresses = (page: Page) => page.getByRole('region', { name: 'Addresses' });
const card = (page: Page, name: string) => addresses(page).getByRole('article', { name, exact: true });

async function openSettings(page: Page) {
  await page.keyboard.press('Control+,');
  await expect(page.getByText('How do messages get to this computer?')).toBeVisible();
}

test('the settings open by key and by button, and close to where they were opened', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  await page.keyboard.press('Escape');
  await expect(page.getByText('Choose a conversation')).toBeVisible();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to conversations' }).click();
  await expect(page.getByRole('button', { name: 'Settings', exact: true })).toBeFocused();
  await item(page, 'Anna Berger').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Anna Berger' })).toBeVisible();
});

test('only what is changed is saved, and a token is never shown again', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  const token = page.getByLabel('ngrok token');
  await expect(token).toHaveAttribute('type', 'password');
  await expect(token).toHaveValue('');
  await token.fill(' 2newToken ');
  await urlPart(page).getByRole('button', { name: 'Save' }).click();
  await expect(urlPart(page).getByText('Saved')).toBeVisible();
  await expect(token).toHaveValue('');
  expect(await calls(page, 'setPublicUrl')).toEqual([
    {
      way: 'ngrok',
      token: '2newToken',
      domain: null,
      ownUrl: null,
      systemCertificates: null,
      proxy: null,
      quota: null,
    },
  ]);
});

test('what is wrong is said at its field, and nothing that was typed is lost', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  const domain = page.getByRole('textbox', { name: 'Domain' });
  await domain.fill('not a domain');
  await urlPart(page).getByRole('button', { name: 'Save' }).click();
  await expect(domain).toBeFocused();
  await expect(domain).toHaveAccessibleDescription(/^A domain is a name/);
  await domain.fill('messages.example.org');
  await page.evaluate(() => window.fixture.outside.fail('The disk is full.'));
  await urlPart(page).getByRole('button', { name: 'Save' }).click();
  await expect(domain).toHaveAccessibleDescription(/^The disk is full\./);
  // Of several fields any may be meant, so that it is said below them.
  await page.getByLabel('ngrok token').fill('2abc');
  await urlPart(page).getByRole('button', { name: 'Save' }).click();
  await expect(urlPart(page).getByRole('alert')).toHaveText('The disk is full.');
  await expect(domain).toHaveValue('messages.example.org');
  await expect(page.getByLabel('ngrok token')).toHaveValue('2abc');
});

test('a wrong field that is folded away is unfolded', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  await page.getByText('Network and plan').click();
  await page.getByRole('textbox', { name: 'Requests a month' }).fill('many');
  await page.getByText('Network and plan').click();
  await urlPart(page).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('textbox', { name: 'Requests a month' })).toBeFocused();
});

test('another way is chosen, and none', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  await page.getByRole('radio', { name: 'I have my own URL' }).check();
  await page.getByRole('textbox', { name: 'Your public URL' }).fill('https://messages.example.org');
  await urlPart(page).getByRole('button', { name: 'Save' }).click();
  await expect(urlPart(page)).toContainText('Connecting…');
  await page.evaluate(() => window.fixture.outside.goOnline());
  await expect(card(page, 'default')).toContainText('https://messages.example.org/hook/');
  await page.getByRole('radio', { name: 'Not at all' }).check();
  await urlPart(page).getByRole('button', { name: 'Save' }).click();
  await expect(urlPart(page)).toContainText('No public URL yet');
  await expect(card(page, 'default')).toContainText('There is no public URL yet.');
});

test('it is checked now', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  await expect(urlPart(page)).toContainText('Reachable, checked 13:59');
  await urlPart(page).getByRole('button', { name: 'Check now' }).click();
  await expect(urlPart(page)).toContainText('Reachable, checked 14:02');
});

test('settings that cannot be read can be tried again', async ({ open }) => {
  const page = await open('few');
  await page.evaluate(() => window.fixture.outside.fail('locked'));
  await page.keyboard.press('Control+,');
  await expect(page.getByText('The settings could not be read.')).toBeVisible();
  await expect(page.getByText('These could not be read.')).toBeVisible();
  await page.evaluate(() => window.fixture.outside.fail(null));
  await urlPart(page).getByRole('button', { name: 'Try again' }).first().click();
  await expect(page.getByLabel('ngrok token')).toBeVisible();
  await urlPart(page).getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('table')).toBeVisible();
});

test('the requests of the plan are metered', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  const meter = page.getByRole('meter', { name: 'Requests this month' });
  await expect(meter).toHaveAttribute('aria-valuetext', '6,412 of 20,000');
  await expect(page.getByText('Counting starts anew on 1 April.')).toBeVisible();
});

test('the times away are listed with their cause and what came late, and read again when one ends', async ({
  open,
}) => {
  const page = await open('few');
  await openSettings(page);
  const rows = page.getByRole('table', { name: 'When Bluetick was not reachable' }).getByRole('row');
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(1)).toHaveText(/Yesterday 22:10 – today 07:55.*9 h 45 min.*This computer was asleep.*14 late/i);
  await expect(rows.nth(4)).toContainText('ERR_NGROK_334');
  await page.evaluate(() => {
    const { outside } = window.fixture;
    const trouble = { kind: 'noNetwork', code: null, detail: null } as const;
    const row = { id: 5, beganAt: Date.now() - 120_000, endedAt: null, trouble, late: 0 };
    outside.setOutages([row]);
    outside.setStatus({ kind: 'reconnecting', since: row.beganAt, attempt: 1, trouble });
  });
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('Since 14:00');
});

test('an address is added, and one of a name that is taken is not', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  await addresses(page).getByRole('button', { name: 'Add an address' }).click();
  const name = addresses(page).getByRole('textbox', { name: 'Name' });
  await expect(name).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(name).toHaveAccessibleDescription(/^Give it a name\./);
  await name.fill('default');
  await page.keyboard.press('Enter');
  await expect(name).toHaveAccessibleDescription(/^There is already an address named “default”\./);
  await expect(name).toHaveValue('default');
  await name.fill('Shop Graz');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Shop Graz')).toBeVisible();
  await expect(addresses(page).getByRole('button', { name: 'Add an address' })).toBeFocused();
});

test('an address is renamed in place', async ({ open }) => {
  const page = await open('few', 'several');
  await openSettings(page);
  await card(page, 'Shop Graz').getByText('Signature and answer').click();
  await card(page, 'Shop Graz').getByRole('button', { name: 'Rename Shop Graz' }).click();
  const name = card(page, 'Shop Graz').getByRole('textbox', { name: 'Name' });
  await expect(name).toHaveValue('Shop Graz');
  await name.fill('Support');
  await page.keyboard.press('Enter');
  await expect(name).toHaveAccessibleDescription(/already an address named “Support”/);
  await name.fill('Shop Linz');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Shop Linz').getByRole('button', { name: 'Rename Shop Linz' })).toBeFocused();
  await expect(card(page, 'Shop Linz').getByLabel('App secret'), 'the card is the same').toBeVisible();
  await card(page, 'Shop Linz').getByRole('button', { name: 'Rename' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' }), 'only the form closes').toBeVisible();
  await expect(card(page, 'Shop Linz').getByRole('button', { name: 'Rename Shop Linz' })).toBeFocused();
});

test('an address is removed after a word, except for the last one', async ({ open }) => {
  const page = await open('few', 'several');
  await openSettings(page);
  await card(page, 'Support').getByRole('button', { name: 'Remove…' }).click();
  await expect(card(page, 'Support').getByRole('group', { name: 'Remove Support?' })).toBeFocused();
  await card(page, 'Support').getByRole('button', { name: 'Cancel' }).click();
  expect(await calls(page, 'removeHook')).toEqual([]);
  for (const name of ['Support', 'Shop Graz']) {
    await card(page, name).getByRole('button', { name: 'Remove…' }).click();
    await card(page, name).getByRole('button', { name: 'Remove it' }).click();
    await expect(card(page, name)).toHaveCount(0);
  }
  expect(await calls(page, 'removeHook')).toEqual(['Support', 'Shop Graz']);
  await expect(card(page, 'default').getByRole('button', { name: 'Remove…' })).toHaveCount(0);
});

test('a secret is replaced, and the old URL works for as long as was chosen', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  const before = await card(page, 'default').locator('code').first().innerText();
  await card(page, 'default').getByRole('button', { name: 'Replace the secret…' }).click();
  await expect(card(page, 'default').getByRole('radio', { name: '24 hours' })).toBeChecked();
  await card(page, 'default').getByRole('radio', { name: '7 days' }).check();
  await card(page, 'default').getByRole('button', { name: 'Replace it' }).click();
  await expect(card(page, 'default')).toContainText('The old URL works until 25 Mar 2026, 14:02.');
  await expect(card(page, 'default').locator('code').first()).not.toHaveText(before);
  await expect(card(page, 'default').getByRole('button', { name: 'Replace the secret…' })).toBeFocused();
  expect(await calls(page, 'rotateHook')).toEqual([{ label: 'default', graceHours: 168 }]);
  await page.evaluate(() => window.fixture.outside.fail('The archive is locked.'));
  await card(page, 'default').getByRole('button', { name: 'Replace the secret…' }).click();
  await card(page, 'default').getByRole('button', { name: 'Replace it' }).click();
  await expect(card(page, 'default').getByRole('alert')).toHaveText('The archive is locked.');
});

test('a signature is asked for once there is a secret to check it with', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  const one = card(page, 'default');
  await one.getByText('Signature and answer').click();
  const check = one.getByRole('checkbox', { name: 'Refuse what is not signed' });
  await expect(check).toBeDisabled();
  await one.getByLabel('App secret').fill('0123abcd');
  await page.keyboard.press('Enter');
  await expect(check).toBeEnabled();
  await expect(one.getByLabel('App secret')).toHaveValue('');
  await check.click();
  await expect(check).toBeChecked();
  await page.evaluate(() => window.fixture.outside.fail('The archive is locked.'));
  await check.click();
  await expect(one.getByRole('alert')).toHaveText('The archive is locked.');
  await expect(check, 'it shows how things are').toBeChecked();
  await page.evaluate(() => window.fixture.outside.fail(null));
  await one.getByRole('button', { name: 'Forget it' }).click();
  await expect(check).not.toBeChecked();
});

test('the answer’s form and the verify token are changed', async ({ open }) => {
  const page = await open('few');
  await openSettings(page);
  const one = card(page, 'default');
  await one.getByText('Signature and answer').click();
  await one.getByRole('radio', { name: 'As text: "2000"' }).click();
  await expect(one.getByRole('radio', { name: 'As text: "2000"' })).toBeChecked();
  await one.getByRole('textbox', { name: 'Change the verify token' }).fill('loud-harbour-7');
  await page.keyboard.press('Enter');
  await expect(one.locator('code').last()).toHaveText('loud-harbour-7');
  const told = { label: null, requireSignature: null, appSecret: null };
  expect(await calls(page, 'changeHook')).toEqual([
    { label: 'default', change: { ...told, verifyToken: null, statusCodeAsText: true } },
    { label: 'default', change: { ...told, verifyToken: 'loud-harbour-7', statusCodeAsText: null } },
  ]);
});

test('everything of an address is copied exactly', async ({ open }) => {
  const page = await open('few', 'several');
  await openSettings(page);
  for (const [name, text] of [
    ['Copy the public URL of Shop Graz', 'https://calm-otter-41.ngrok-free.app/hook/0b7ad7c2e39b4f0f8f5f3c9d1c2a7e66'],
    ['Copy the local URL of Shop Graz', 'http://127.0.0.1:8642/hook/0b7ad7c2e39b4f0f8f5f3c9d1c2a7e66'],
    ['Copy the verify token of Shop Graz', 'quiet-harbour-41'],
  ] as const) {
    await page.getByRole('button', { name }).click();
    await expect.poll(() => page.evaluate(() => window.fixture.clipboard)).toBe(text);
  }
});

test('nothing widens the window, however narrow it is', async ({ open, page }) => {
  // As wide as a window of 640 is at 200 %.
  await page.setViewportSize({ width: 320, height: 640 });
  for (const [set, url] of [
    ['few', 'several'],
    ['few', 'needs-you'],
    ['few', 'reconnecting'],
    ['empty', 'off'],
  ] as const) {
    await open(set, url);
    for (const key of ['', 'Control+,']) {
      if (key !== '') await page.keyboard.press(key);
      const wide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.room, .whole, .bar, main')]
          .filter((one) => one.scrollWidth > one.clientWidth)
          .map((one) => one.className),
      );
      expect(wide, `${set} ${url} ${key}`).toEqual([]);
    }
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing in the settings', async ({ open }) => {
      const page = await open('few', 'several');
      await openSettings(page);
      await expectNoViolations(page, 'as they open');
      await page.getByText('Network and plan').click();
      await card(page, 'default').getByText('Signature and answer').click();
      await card(page, 'default').getByRole('button', { name: 'Replace the secret…' }).click();
      await card(page, 'Shop Graz').getByRole('button', { name: 'Remove…' }).click();
      await card(page, 'Support').getByRole('button', { name: 'Rename' }).click();
      await addresses(page).getByRole('button', { name: 'Add an address' }).click();
      await page.getByRole('textbox', { name: 'Domain' }).fill('not a domain');
      await urlPart(page).getByRole('button', { name: 'Save' }).click();
      await expectNoViolations(page, 'everything unfolded');
    });

    test('axe finds nothing in the settings where the plan is nearly or wholly used up', async ({ open }) => {
      const page = await open('few');
      await openSettings(page);
      for (const quota of [16_412, 20_000]) {
        await page.evaluate(
          (used) => window.fixture.outside.setPublicUrl({ quota: { used, of: 20_000, resetsAt: Date.now() } }),
          quota,
        );
        await expectNoViolations(page, `quota ${quota}`);
      }
    });

    for (const url of ['reconnecting', 'needs-you', 'off', 'connecting'] as const) {
      test(`axe finds nothing in the settings in the state ${url}`, async ({ open }) => {
        const page = await open('few', url);
        await openSettings(page);
        await expectNoViolations(page, url);
      });
    }
  });
}
