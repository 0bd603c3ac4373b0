import { expect, test } from 'vitest';

import type { PopupSettings } from '../host/generated/PopupSettings';
import { PopupChoices } from './popup-choices.svelte';

const SETTINGS: PopupSettings = {
  content: 'full',
  failures: true,
  buttons: true,
  sound: true,
  quiet: null,
  keywords: [],
};

/** A host that answers a save when the test wants. */
async function withChoices() {
  const asked: { settings: PopupSettings; accept: () => void; refuse: (message: string) => void }[] = [];
  const choices = new PopupChoices({
    popupSettings: async () => SETTINGS,
    setPopupSettings: (settings) =>
      new Promise((accept, reject) => {
        asked.push({ settings, accept, refuse: (message) => reject(new Error(message)) });
      }),
  });
  await choices.read();
  return { choices, asked };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

test('a wish is shown at once, and one is saved after the other', async () => {
  const { choices, asked } = await withChoices();
  const first = choices.decide('content', 'name');
  const second = choices.decide('sound', false);
  expect(choices.shown).toMatchObject({ content: 'name', sound: false });
  await turn();
  expect(asked.map(({ settings }) => settings)).toEqual([{ ...SETTINGS, content: 'name' }]);
  asked[0]?.accept();
  expect(await first).toBe(true);
  await turn();
  expect(asked[1]?.settings).toEqual({ ...SETTINGS, content: 'name', sound: false });
  asked[1]?.accept();
  expect(await second).toBe(true);
});

test('what is refused is put back and said, and does not come back with the next wish', async () => {
  const { choices, asked } = await withChoices();
  const first = choices.decide('content', 'off');
  const second = choices.decide('sound', false);
  await turn();
  asked[0]?.refuse('The disk is full.');
  expect(await first).toBe(false);
  expect(choices.shown).toEqual({ ...SETTINGS, sound: false });
  expect(choices.errors.content).toBe('The disk is full.');
  await turn();
  expect(asked[1]?.settings).toEqual({ ...SETTINGS, sound: false });
  asked[1]?.accept();
  await second;
  void choices.decide('content', 'name');
  expect(choices.errors.content, 'a new wish takes the reason away').toBeUndefined();
});

test('a newer wish for the same is not put back with the older one', async () => {
  const { choices, asked } = await withChoices();
  const first = choices.decide('content', 'name');
  void choices.decide('content', 'off');
  await turn();
  asked[0]?.refuse('no');
  await first;
  expect(choices.shown?.content).toBe('off');
});

test('settings that cannot be read are a state that reading again leaves', async () => {
  let fails = true;
  const choices = new PopupChoices({
    popupSettings: async () => {
      if (fails) throw new Error('locked');
      return SETTINGS;
    },
    setPopupSettings: async () => undefined,
  });
  await choices.read();
  expect(choices.isReadFailed).toBe(true);
  expect(await choices.decide('sound', false), 'there is nothing to change yet').toBe(false);
  fails = false;
  await choices.read();
  expect(choices.isReadFailed).toBe(false);
  expect(choices.shown).toEqual(SETTINGS);
});
