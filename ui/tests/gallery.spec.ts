/**
 * Every kind of content and every form of file, as it is read aloud and as it looks. The tables below are typed by the wire's own
 * unions: a kind that the engine learns does not compile here until it is said what it must show.
 */
import type { CallOutcome } from '../src/host/generated/CallOutcome';
import type { Content } from '../src/host/generated/Content';
import type { MediaForm } from '../src/host/generated/MediaForm';
import type { SystemNews } from '../src/host/generated/SystemNews';
import { expectNoViolations } from './axe';
import { expect, item, log, test } from './page';

const TALL = 6000;

interface Shown {
  conversation: string;
  /** All of these stand in one message. */
  texts: (string | RegExp)[];
}

const kinds: Record<Content['kind'], Shown> = {
  text: { conversation: 'Marks', texts: ['With a correction', 'Edited'] },
  media: { conversation: 'Files', texts: ['Photo', 'JPEG picture · 214 kB', 'Download', 'It came like this'] },
  mediaPlaceholder: { conversation: 'Files', texts: ['A photo, video or file from before'] },
  location: {
    conversation: 'Places',
    texts: ['Café Morgenrot', 'Stephansplatz 1', '48.20849, 16.37208', 'Open in Google Maps', 'cafe.example.org'],
  },
  contacts: {
    conversation: 'Places',
    texts: ['Dr. Maria Huber', 'Head of support', 'Cellulare', '+39 320', 'maria.huber@', 'Birthday', 'Show vCard'],
  },
  button: { conversation: 'Replies', texts: ['Would you like to keep', 'Answered with a button', 'Keep my table'] },
  buttonReply: { conversation: 'Replies', texts: ['Answered with a button', 'Yes, please'] },
  listReply: { conversation: 'Replies', texts: ['Chose from a list', '14:00 – 15:00', 'Thursday, 14 March'] },
  formReply: { conversation: 'Replies', texts: ['Form filled in', 'persons', 'By the window, if there is room.'] },
  callPermission: { conversation: 'Replies', texts: ['Calls are allowed', 'Until it is taken back'] },
  paymentMethod: { conversation: 'Orders', texts: ['Payment method chosen', 'ends in 4242', 'For order-4711'] },
  interactive: { conversation: 'Replies', texts: ['Kept, not understood (reply of form carousel_reply)', 'Show raw'] },
  order: {
    conversation: 'Orders',
    texts: ['Order of 3 items', '3 ×', 'mug-blue-04', '€12.50', 'Total', '€45.40', 'Please deliver after 5 pm.'],
  },
  system: { conversation: 'Notes', texts: ['This customer has a new number', 'Now +43 660 7654321', 'changed from'] },
  welcome: { conversation: 'Notes', texts: ['Opened the chat for the first time'] },
  unsupported: {
    conversation: 'Notes',
    texts: ['WhatsApp sent something this API can’t show: a poll', 'does not support', 'code 131051'],
  },
  call: { conversation: 'Calls', texts: ['Incoming call', /Lasted 5.min.*12.sec/] },
  bytes: { conversation: '+43 676', texts: ['SMS with binary content', '2 parts', 'Show bytes'] },
  unknown: { conversation: 'Notes', texts: ['Kept, not understood (type hologram)', 'Show raw'] },
};

const forms: Record<MediaForm, Shown> = {
  image: { conversation: 'Files', texts: ['Photo', 'PNG picture', 'Download'] },
  video: { conversation: 'Files', texts: ['Video', 'MP4 video · 1.8 MB', 'Download', 'The noise it makes'] },
  audio: { conversation: 'Files', texts: ['Interview.mp3', 'Audio · MP3 audio · 3.1 MB', 'Download'] },
  voice: { conversation: 'Files', texts: ['Voice message', 'Ogg audio', 'Download'] },
  document: { conversation: 'Files', texts: ['Invoice-2026-118.pdf', 'Document · PDF document · 88 kB', 'Download'] },
  sticker: { conversation: 'Files', texts: ['Animated sticker', 'WebP picture', 'Download'] },
};

const calls: Record<CallOutcome, [string, string]> = {
  ringing: ['Incoming call, ringing', 'Outgoing call, ringing'],
  accepted: ['Incoming call, taken', 'Outgoing call, taken'],
  completed: ['Incoming call', 'Outgoing call'],
  missed: ['Missed call', 'Outgoing call, not answered'],
  rejected: ['Incoming call, turned down', 'Outgoing call, turned down'],
};

const news: Record<SystemNews, string> = {
  numberChanged: 'This customer has a new number',
  userIdChanged: 'Now AT.13491208655302741918',
  identityChanged: 'a new phone, or WhatsApp was installed anew',
  other: 'This chat is now managed by another service.',
};

const others: Shown[] = [
  { conversation: 'Files', texts: ['The payload does not say where the file is.', 'application/x-hologram'] },
  { conversation: 'Files, downloaded', texts: ['Saved · JPEG picture', 'Copy path', 'It came like this'] },
  { conversation: 'Files, downloaded', texts: ['Saved', 'media/1005-Invoice-2026-118.pdf', 'Here is the invoice'] },
  { conversation: 'Files, downloaded', texts: ['This file cannot be shown here.'] },
  { conversation: 'Places', texts: ['Somewhere', 'The payload holds no place on earth.'] },
  { conversation: 'Places', texts: ['A contact without any details'] },
  { conversation: 'Replies', texts: ['A reply without a title'] },
  { conversation: 'Replies', texts: ['Address', 'city', 'Wien'] },
  { conversation: 'Replies', texts: ['Form: survey', 'not in a form that can be read', '{"answers": [1, 2'] },
  { conversation: 'Replies', texts: ['No answers were told.'] },
  { conversation: 'Replies', texts: ['Until 25 Mar 2026', 'Decided by WhatsApp'] },
  { conversation: 'Replies', texts: ['Calls are not allowed'] },
  { conversation: 'Replies', texts: ['neither yes nor no'] },
  { conversation: 'Orders', texts: ['Asks about a product', 'Product mug-blue-04 from catalogue 194836987003835'] },
  { conversation: 'Notes', texts: ['can’t show: a GIF'] },
  { conversation: 'Notes', texts: ['can’t show: hologram_cast'] },
  { conversation: 'Notes', texts: ['A text that came along all the same'] },
  { conversation: 'Notes', texts: ['cannot show this message at the moment', 'code 131060'] },
  { conversation: 'Statuses', texts: ['Not delivered.', 'only templates may be sent', 'code 131047'] },
  { conversation: 'Statuses', texts: ['Not delivered.', 'An odd thing. (code 999999)'] },
  { conversation: 'Statuses', texts: ['Not delivered.', 'The provider gave no reason.'] },
  { conversation: 'Statuses', texts: ['Sent from another system'] },
  {
    conversation: 'Marks',
    texts: ['Came through an ad', 'Spring sale', 'Only until Sunday', 'https://fb.me/4MX9UTSKB'],
  },
  { conversation: 'Marks', texts: ['Came through a post', 'javascript:alert(1)'] },
  { conversation: 'Marks', texts: ['Forwarded', 'Look at this'] },
  { conversation: 'Marks', texts: ['Forwarded many times', 'Everyone sends this'] },
  { conversation: 'Marks', texts: ['A message that is not in Bluetick'] },
  { conversation: 'Marks', texts: ['Deleted by the sender'] },
  { conversation: 'Marks', texts: ['Great!', '❤️'] },
  { conversation: 'Marks', texts: ['Empty message'] },
  { conversation: 'Marks', texts: ['Reason: The file in this message could not be downloaded. (code 131052)'] },
];

const CONVERSATIONS = [
  ['Files', /^Files(?!,)/],
  ['Files, downloaded', /^Files, downloaded/],
  ['Places', /^Places/],
  ['Replies', /^Replies/],
  ['Orders', /^Orders/],
  ['Calls', /^Calls/],
  ['Notes', /^Notes/],
  ['Statuses', /^Statuses/],
  ['Marks', /^Marks/],
  ['Hostile', /^Hostile/],
  ['+43 676', /^\+43 676/],
  ['Hiking group', /^Hiking group/],
] as const;

const expected: Shown[] = [
  ...Object.values(kinds),
  ...Object.values(forms),
  ...Object.values(calls)
    .flat()
    .map((text) => ({ conversation: 'Calls', texts: [text] })),
  ...Object.values(news).map((text) => ({ conversation: 'Notes', texts: [text] })),
  ...others,
];

test('every tick is there', async ({ open, page }) => {
  await page.setViewportSize({ width: 1100, height: TALL });
  await open('gallery');
  await item(page, 'Statuses').click();
  for (const tick of ['Sent', 'Delivered', 'Read', 'Played', 'Failed']) {
    await expect(log(page).getByRole('img', { name: tick, exact: true }).first()).toBeVisible();
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const [name, title] of CONVERSATIONS) {
      test(`${name}: everything is said in words, axe finds nothing, and a picture of it`, async ({ open, page }) => {
        await page.setViewportSize({ width: 1100, height: TALL });
        await open('gallery');
        await page.getByRole('navigation').getByRole('button', { name: title }).first().click();
        await expect(page.getByRole('article').last()).toBeInViewport();
        for (const { texts } of expected.filter(({ conversation }) => conversation === name)) {
          let found = page.getByRole('article');
          for (const text of texts) found = found.filter({ hasText: text });
          await expect(found.first(), texts.join(' + ')).toBeVisible();
        }
        await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => null))));
        const films = page.locator('video, audio');
        await expect
          .poll(() => films.evaluateAll((all) => all.every((one) => (one as HTMLMediaElement).readyState > 1)))
          .toBe(true);
        const height = await log(page).evaluate((element) =>
          [...element.querySelectorAll('article')].reduce((sum, one) => sum + one.getBoundingClientRect().height, 200),
        );
        await page.setViewportSize({ width: 1100, height: Math.ceil(Math.max(720, height)) });
        const file = name.replace(/\W+/g, '-').replace(/^-|-$/g, '').toLowerCase();
        await page.screenshot({ path: `test-results/screenshots/gallery-${file}-${colorScheme}.png` });
        await expectNoViolations(page, name);
      });
    }
  });
}

test('in a narrow window nothing is wider than it', async ({ open, page }) => {
  await page.setViewportSize({ width: 380, height: TALL });
  for (const [name, title] of CONVERSATIONS) {
    await open('gallery');
    await page.getByRole('navigation').getByRole('button', { name: title }).first().click();
    await expect(page.getByRole('article').last()).toBeInViewport();
    const wide = await log(page).evaluate((element) =>
      [element, ...element.querySelectorAll('*')]
        .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1 && !one.closest('.spoken'))
        .map((one) => `${one.tagName} ${one.className}`),
    );
    expect(wide, name).toEqual([]);
    if (name === 'Hostile' || name === 'Files') {
      await page.setViewportSize({ width: 380, height: 1500 });
      await page.screenshot({ path: `test-results/screenshots/gallery-${name.toLowerCase()}-narrow.png` });
      await page.setViewportSize({ width: 380, height: TALL });
    }
  }
});
