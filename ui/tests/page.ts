/**
 * The page under test: opened on a fixture set at a fixed moment, and failing on any error, console message of that level or
 * break of the content security policy.
 */
import { expect, type Locator, type Page, test as base } from '@playwright/test';

import type { UrlName } from '../src/host/fixture/outside-sets';
import type { SetName } from '../src/host/fixture/sets';

/** A Wednesday, early in the afternoon. */
export const NOW = new Date('2026-03-18T14:02:00Z');

interface Fixtures {
  /** On a set, and on a state of the public URL where it is not the set's usual one. */
  open: (set: SetName, url?: UrlName) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  open: async ({ page }, use) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    page.on('dialog', (dialog) => {
      problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.clock.setFixedTime(NOW);
    await use(async (set, url) => {
      if (page.url() !== 'about:blank') {
        // Not where the test was before, which the page remembers for as long as it is there.
        await page.evaluate(() => addEventListener('pagehide', () => localStorage.removeItem('bluetick.place')));
      }
      await page.goto(url === undefined ? `/?set=${set}` : `/?set=${set}&url=${url}`);
      await expect(page.locator('.pane, main:not([aria-busy])').first()).toBeVisible();
      await page.evaluate(listStands);
      return page;
    });
    expect(problems, 'the page ran without errors and within its policy').toEqual([]);
  },
});

/** In the page: ends once no line of the list has moved for a few frames, as lines do while they are measured. */
async function listStands(): Promise<void> {
  const STILL = 5;
  let last = '';
  for (let same = 0; same < STILL;) {
    await new Promise(requestAnimationFrame);
    const lines = [...document.querySelectorAll('[data-conversation]')];
    const now = lines.map((line) => Math.round(line.getBoundingClientRect().top)).join();
    same = now === last ? same + 1 : 0;
    last = now;
  }
}

export const item = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name });

export const bubble = (page: Page, text: string | RegExp) => page.getByRole('article').filter({ hasText: text });

export const log = (page: Page) => page.getByRole('log', { name: 'Messages' });

/** Where the first message that is wholly in sight stands, once nothing moves any more. */
export async function place(page: Page): Promise<{ id: string; top: number }> {
  return log(page).evaluate(async (element) => {
    const STILL = 5;
    const view = element.getBoundingClientRect();
    let last = '';
    for (let same = 0; ;) {
      await new Promise(requestAnimationFrame);
      const seen = [...element.querySelectorAll<HTMLElement>('article')].find((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        return top >= view.top && bottom <= view.bottom;
      });
      const id = seen?.dataset.message;
      if (seen === undefined || id === undefined) continue;
      const top = Math.round(seen.getBoundingClientRect().top);
      same = last === `${id} ${top}` ? same + 1 : 0;
      last = `${id} ${top}`;
      if (same === STILL) return { id, top };
    }
  });
}

/**
 * Clicks something in the conversation once nothing moves any more: what comes into sight is measured and may push it away
 * between the press and the release, as no hand is quick enough to do.
 */
export async function clickStill(page: Page, target: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  await place(page);
  await target.click();
}

/** Where a message stands now; nothing where it is not on the page. */
export function topOf(page: Page, id: string): Promise<number | null> {
  return log(page).evaluate((element, id) => {
    const top = element.querySelector(`[data-message="${id}"]`)?.getBoundingClientRect().top;
    return top === undefined ? null : Math.round(top);
  }, id);
}

/** What the host was told by one of its calls about popups, the desktop and closing, oldest first. */
export const popupCalls = (page: Page, name: string) => page.evaluate((name) => window.fixture.popups.told(name), name);

/** Scrolls at once, as a drag of the scroll bar does. */
export const scrollBy = (page: Page, distance: number) =>
  log(page).evaluate((element, distance) => element.scrollBy(0, distance), distance);

export { expect };
