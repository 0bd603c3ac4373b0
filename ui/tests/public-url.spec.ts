/** The state of the public URL on top of the window, what happened to it, and the first run's way to one. */
import type { Page } from '@playwright/test';

import type { UrlName } from '../src/host/fixture/outside-sets';
import { expectNoViolations } from './axe';
import { bubble, expect, item, test } from './page';

const bar = (page: Page) => page.getByRole('region', { name: 'State of the public URL' });
const calls = (page: Page, name: string) => page.evaluate((name) => window.fixture.outside.told(name), name);
const step = (page: Page, name: string) => page.getByRole('region', { name });

const SENTENCES: [UrlName, string][] = [
  ['off', 'No public URL yet'],
  ['connecting', 'Connecting…'],
  ['online', 'Reachable, checked 13:59'],
  ['reconnecting', 'Not reachable since 13:15 — providers keep trying, nothing is lost yet'],
  ['needs-you', 'Needs you: ngrok does not accept this token.'],
];

for (const [url, sentence] of SENTENCES) {
  test(`the state ${url} is said in one sentence and leads to the settings`, async ({ open }) => {
    const page = await open('few', url);
    await bar(page).getByRole('button', { name: sentence }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 2, name: 'Public URL' })).toBeFocused();
  });
}

test('copying copies exactly what the provider needs', async ({ open }) => {
  const page = await open('few');
  await bar(page).getByRole('button', { name: 'Copy the URL' }).click();
  await expect(bar(page).getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await page.evaluate(() => window.fixture.clipboard)).toBe(
    'https://calm-otter-41.ngrok-free.app/hook/9f2c1d7e4b8a4c6fa0d35e7b61c8f942',
  );
});

test('with several addresses the one to copy is chosen, with the keys alone', async ({ open }) => {
  const page = await open('few', 'several');
  const opener = bar(page).getByRole('button', { name: 'Copy a URL' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(opener).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(bar(page).getByRole('button', { name: 'Copy the URL of Shop Graz' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.evaluate(() => window.fixture.clipboard))
    .toBe('https://calm-otter-41.ngrok-free.app/hook/0b7ad7c2e39b4f0f8f5f3c9d1c2a7e66');
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  await expect(opener).toHaveAttribute('aria-expanded', 'false');
  await opener.click();
  await page.getByText('Choose a conversation').click();
  await expect(opener).toHaveAttribute('aria-expanded', 'false');
});

test('without a public URL there is nothing to copy, and the button leads to the first run', async ({ open }) => {
  const page = await open('few', 'off');
  await expect(bar(page).getByRole('button', { name: 'Copy' })).toHaveCount(0);
  await bar(page).getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Connect your WhatsApp number' })).toBeVisible();
  await expect(bar(page).getByRole('button', { name: 'Set up' })).toHaveCount(0);
});

test('each cure does what it says', async ({ open }) => {
  const page = await open('few', 'needs-you');
  await bar(page).getByRole('button', { name: 'Enter the token' }).click();
  await expect(page.getByLabel('ngrok token')).toBeFocused();
  // Asked for again while it is shown.
  await page.getByRole('textbox', { name: 'Domain' }).focus();
  await bar(page).getByRole('button', { name: 'Enter the token' }).click();
  await expect(page.getByLabel('ngrok token')).toBeFocused();

  await page.evaluate(() => window.fixture.outside.meet('proxyRefused'));
  await bar(page).getByRole('button', { name: 'Check the proxy' }).click();
  await expect(page.getByRole('textbox', { name: 'Proxy' })).toBeFocused();

  await page.evaluate(() => window.fixture.outside.meet('tooManyAgents'));
  await bar(page).getByRole('button', { name: 'See them at ngrok' }).click();
  await expect.poll(() => page.evaluate(() => window.fixture.opened)).toEqual(['https://dashboard.ngrok.com/agents']);

  await page.evaluate(() => window.fixture.outside.meet('untrustedCertificate'));
  await bar(page).getByRole('button', { name: 'Use the system’s certificates' }).click();
  await expect(bar(page)).toContainText('Connecting…');
  expect(await calls(page, 'setPublicUrl')).toEqual([
    { way: null, token: null, domain: null, ownUrl: null, systemCertificates: true, proxy: null, quota: null },
  ]);

  await page.evaluate(() => window.fixture.outside.meet('addressInUse'));
  await bar(page).getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => calls(page, 'retryPublicUrl')).toHaveLength(1);
});

test('something else at the URL is told with where it has to end', async ({ open }) => {
  const page = await open('few', 'own');
  await page.evaluate(() => window.fixture.outside.meet('urlAnswersOther'));
  await expect(bar(page)).toContainText('Something else answers at your public URL. Point it to 127.0.0.1:8642.');
});

test('a cure that does not work says why, until it is put away', async ({ open }) => {
  const page = await open('few', 'reconnecting');
  await page.evaluate(() => window.fixture.outside.fail('the engine is stopping'));
  await bar(page).getByRole('button', { name: 'Try now' }).click();
  await expect(page.getByRole('alert')).toHaveText('That did not work: the engine is stopping');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a change is announced, a check is not', async ({ open }) => {
  const page = await open('few');
  const spoken = bar(page).getByRole('status').filter({ hasText: 'The public URL' });
  await expect(spoken).toHaveText('The public URL is reachable.');
  const changes = await spoken.evaluateHandle((element) => {
    const seen: string[] = [];
    new MutationObserver(() => seen.push(element.textContent)).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return seen;
  });
  await page.evaluate(() => window.fixture.outside.goOnline());
  await expect(bar(page)).toContainText('checked 14:02');
  expect(await changes.jsonValue()).toEqual([]);
  await page.evaluate(() => window.fixture.outside.setStatus({ kind: 'connecting' }));
  await expect(spoken).toHaveText('The public URL is connecting.');
});

test('the engine is told when the system’s network comes or goes', async ({ open }) => {
  const page = await open('few');
  await page.context().setOffline(true);
  await expect.poll(() => calls(page, 'networkChanged')).toHaveLength(1);
  await page.context().setOffline(false);
  await expect.poll(() => calls(page, 'networkChanged')).toHaveLength(2);
});

test('back again says since when and what came late, until it is put away', async ({ open }) => {
  const page = await open('few');
  await page.evaluate(
    ([beganAt, endedAt]) =>
      window.fixture.outside.setBackAgain({
        id: 9,
        beganAt: beganAt!,
        endedAt: endedAt!,
        trouble: { kind: 'asleep', code: null, detail: null },
        late: 14,
      }),
    [Date.parse('2026-03-17T22:10:00Z'), Date.parse('2026-03-18T07:55:00Z')],
  );
  await expect(page.getByText('Not reachable yesterday 22:10 – today 07:55; 14 messages arrived late.')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('arrived late')).toHaveCount(0);
  expect(await calls(page, 'dismissBackAgain')).toHaveLength(1);
});

test('a changed URL is told with the new one to copy, until the provider knows it', async ({ open }) => {
  const page = await open('few', 'moved');
  const banner = page.getByRole('region', { name: 'New public URL' });
  await expect(banner).toContainText(
    'Your public URL is now calm-otter-41.ngrok-free.app. Put it into the forward rule; the old one no longer works.',
  );
  await banner.getByRole('button', { name: 'Copy the URL' }).click();
  expect(await page.evaluate(() => window.fixture.clipboard)).toMatch(/^https:\/\/calm-otter-41.*\/hook\/\w{32}$/);
  await banner.getByRole('button', { name: 'Done' }).click();
  await expect(banner).toHaveCount(0);
  expect(await calls(page, 'settlePublicUrl')).toHaveLength(1);
});

test('nearly used up requests are warned of, once', async ({ open }) => {
  const page = await open('few');
  const use = (used: number) =>
    page.evaluate(
      (used) => window.fixture.outside.setPublicUrl({ quota: { used, of: 20_000, resetsAt: Date.UTC(2026, 3, 1) } }),
      used,
    );
  await use(15_999);
  await expect(page.getByText('requests of your ngrok plan')).toHaveCount(0);
  await use(16_412);
  await expect(page.getByText('16,412 of the 20,000 requests of your ngrok plan are used.')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await use(16_500);
  await expect(page.getByText('requests of your ngrok plan')).toHaveCount(0);
  await use(20_000);
  await expect(page.getByText('All 20,000 requests of your ngrok plan are used up')).toBeVisible();
});

test('a late message says so, with when it was sent and when it arrived', async ({ open }) => {
  const page = await open('few');
  await item(page, 'Anna Berger').click();
  await page.evaluate(
    ([sentAt, receivedAt]) => window.fixture.receiveLate(1, 'Are you still there?', sentAt!, receivedAt!),
    [Date.parse('2026-03-18T07:14:00Z'), Date.parse('2026-03-18T13:56:00Z')],
  );
  const late = bubble(page, 'Are you still there?');
  await expect(late.getByTitle('Sent 07:14, arrived 13:56')).toContainText('late');
  await expect(bubble(page, 'That is so kind').getByText('late')).toHaveCount(0);
});

test('the event log says who posted', async ({ open }) => {
  const page = await open('few');
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('feed').getByRole('article').first()).toContainText('from 203.0.113.7');
});

test('the first run leads from a token to the first message, and each step shows its success', async ({ open }) => {
  const page = await open('empty');
  await expect(step(page, 'Get a public URL')).toBeVisible();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText('Paste the token of your ngrok account.');
  await expect(page.getByLabel('ngrok token')).toBeFocused();
  await page.getByLabel('ngrok token').fill('2abcDEF');
  await page.keyboard.press('Enter');
  await expect(step(page, 'Get a public URL')).toContainText('Connecting…');
  expect(await calls(page, 'setPublicUrl')).toEqual([
    { way: 'ngrok', token: '2abcDEF', domain: null, ownUrl: null, systemCertificates: null, proxy: null, quota: null },
  ]);
  await page.evaluate(() => window.fixture.outside.meet('tokenRefused'));
  await expect(step(page, 'Get a public URL')).toContainText('ngrok does not accept this token.');
  await step(page, 'Get a public URL').getByRole('button', { name: 'Enter the token' }).click();
  await expect(page.getByLabel('ngrok token'), 'the one that is here').toBeFocused();
  await page.evaluate(() => window.fixture.outside.goOnline());
  await expect(step(page, 'Get a public URL (Done)')).toContainText(
    'Providers reach Bluetick at calm-otter-41.ngrok-free.app',
  );

  const provider = step(page, 'Put it into the forward rule');
  await provider.getByRole('button', { name: 'Copy the URL' }).click();
  await expect(step(page, 'Put it into the forward rule (Done)')).toBeVisible();
  expect(await page.evaluate(() => window.fixture.clipboard)).toMatch(/^https:\/\/calm-otter-41/);
  await expect(provider.getByText('works on this computer only')).toHaveCount(0);

  await page.getByRole('button', { name: 'Send a test message' }).click();
  await expect(page.getByText('It works: HTTP 200 in 12 ms')).toBeVisible();
  await expect(page.getByText('It went out to your public URL and came back in.')).toBeVisible();
  await expect(step(page, 'Send a test message (Done)')).toBeVisible();
  await expect(page.getByText('The first message is here')).toBeVisible();
});

test('the first run goes with a URL of one’s own, and keeps what was typed where it is refused', async ({ open }) => {
  const page = await open('empty');
  await page.getByRole('radio', { name: 'I have my own URL' }).check();
  const field = page.getByRole('textbox', { name: 'Your public URL' });
  await expect(field).toHaveAccessibleDescription(/end at 127\.0\.0\.1:8642/);
  await field.fill('http://messages.example.org');
  await page.getByRole('button', { name: 'Save and check' }).click();
  await expect(field).toHaveAccessibleDescription(/^The URL has to begin with https:\/\/\./);
  expect(await calls(page, 'setPublicUrl')).toEqual([]);
  await field.fill('https://messages.example.org/');
  await page.evaluate(() => window.fixture.outside.fail('That name leads back to this computer.'));
  await page.getByRole('button', { name: 'Save and check' }).click();
  await expect(field).toHaveAccessibleDescription(/^That name leads back to this computer\./);
  await expect(field).toHaveValue('https://messages.example.org/');
  await page.evaluate(() => window.fixture.outside.fail(null));
  await page.getByRole('button', { name: 'Save and check' }).click();
  await expect(step(page, 'Get a public URL')).toContainText('Connecting…');
  await page.evaluate(() => window.fixture.outside.goOnline());
  await expect(step(page, 'Get a public URL (Done)')).toContainText('messages.example.org');
});

test('the recipes name the port, and are copied as they stand', async ({ open }) => {
  const page = await open('empty');
  await page.getByRole('radio', { name: 'I have my own URL' }).check();
  await page.getByText('How do I get one?').click();
  await page.getByRole('button', { name: 'Copy: Tailscale Funnel' }).click();
  expect(await page.evaluate(() => window.fixture.clipboard)).toBe('tailscale funnel --bg 8642');
});

test('a public URL can be skipped, and got later', async ({ open }) => {
  const page = await open('empty');
  await page.getByRole('button', { name: 'Skip for now' }).click();
  await expect(step(page, 'Get a public URL')).toContainText('works on this computer only');
  await page.getByRole('button', { name: 'Send a test message' }).click();
  await expect(page.getByText('It stayed on this computer')).toBeVisible();
  await step(page, 'Get a public URL').getByRole('button', { name: 'Get a public URL' }).click();
  await expect(page.getByLabel('ngrok token')).toBeVisible();
});

test('where Meta refuses the URL there are other ways, and none is promised', async ({ open }) => {
  const page = await open('empty');
  await page.getByText('Meta refused this URL?').click();
  await expect(page.getByText('malicious and/or abusive')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: /^Tailscale Funnel/ })).toBeVisible();
  await page.getByRole('button', { name: 'Change the public URL' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing in any state, nor in what happened', async ({ open }) => {
      for (const url of ['off', 'connecting', 'online', 'reconnecting', 'needs-you', 'moved', 'several'] as const) {
        const page = await open('few', url);
        if (url === 'several') await page.getByRole('button', { name: 'Copy a URL' }).click();
        if (url === 'moved') {
          await page.evaluate(() => {
            const { outside } = window.fixture;
            const trouble = { kind: 'asleep', code: null, detail: null } as const;
            outside.setBackAgain({ id: 9, beganAt: Date.now() - 9_000_000, endedAt: Date.now(), trouble, late: 1 });
            outside.setPublicUrl({ quota: { used: 19_000, of: 20_000, resetsAt: Date.now() } });
            window.fixture.receiveLate(1, 'Waited', Date.now(), Date.now() + 9_000_000);
          });
          await item(page, 'Anna Berger').click();
          await expect(bubble(page, 'Waited').getByTitle('arrived')).toBeInViewport();
        }
        await expectNoViolations(page, url);
      }
    });

    test('axe finds nothing in the first run', async ({ open }) => {
      const page = await open('empty');
      await page.getByText('Meta refused this URL?').click();
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      await expectNoViolations(page, 'with an error');
      await page.getByRole('radio', { name: 'I have my own URL' }).check();
      await page.getByText('How do I get one?').click();
      await page.evaluate(() => window.fixture.outside.meet('urlCertificate', 'expired', null));
      await expectNoViolations(page, 'own URL');
    });
  });
}
