/** How the window begins: with nothing, with an engine that could not start, and with the first message. */
import { bubble, expect, item, test } from './page';

test('with no conversation the window says what to do, and the first message leads on', async ({ open }) => {
  const page = await open('empty');
  await expect(page.getByRole('heading', { level: 1, name: 'Connect your WhatsApp number' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy the URL' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await page.evaluate(() => window.fixture.clipboard)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/hook\/\w{32}$/);
  await expect(page.getByText('Waiting for the first message')).toBeVisible();
  await page.getByRole('button', { name: 'Send a test message' }).click();
  await expect(page.getByText('It works: HTTP 200 in 12 ms')).toBeVisible();
  await expect(page.getByText('The first message is here')).toBeVisible();
  await expect(item(page, 'Hello from your own computer!'), 'it stands beside, in the list').toBeVisible();
  await page.getByRole('button', { name: 'Open the conversation' }).click();
  await expect(bubble(page, 'Hello from your own computer!')).toBeInViewport();
});

test('a test message that cannot be sent says why', async ({ open }) => {
  const page = await open('empty');
  await page.evaluate(() => {
    window.fixture.testFailure = 'connection refused';
  });
  await page.getByRole('button', { name: 'Send a test message' }).click();
  await expect(page.getByText('The test message could not be sent: connection refused')).toBeVisible();
  await expect(page.getByText('Waiting for the first message')).toBeVisible();
});

test('the connect page can be reached and left later', async ({ open }) => {
  const page = await open('few');
  await page.getByRole('button', { name: 'Connect a number' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Connect your WhatsApp number' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Choose a conversation')).toBeVisible();
});

test('an engine that could not start fills the window with the reason, and can be tried again', async ({ open }) => {
  const page = await open('failed-start');
  await expect(page.getByRole('alert')).toContainText('Another Bluetick is already using this data folder.');
  await page.evaluate(() => window.fixture.begin());
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Connect your WhatsApp number' })).toBeVisible();
});
