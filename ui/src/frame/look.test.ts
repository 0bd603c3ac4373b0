import { expect, test } from 'vitest';

import { Look } from './look';

/** A host that takes what it is told when the test wants. */
function handHost() {
  const told: (number | null)[] = [];
  const answers: { accept: () => void; refuse: () => void }[] = [];
  const look = new Look({
    lookAt: (conversation) => {
      told.push(conversation);
      return new Promise((accept, reject) => {
        answers.push({ accept, refuse: () => reject(new Error('no')) });
      });
    },
  });
  return { look, told, answers };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

test('is told when it changes, and at first', async () => {
  const { look, told, answers } = handHost();
  const first = look.at(null);
  answers[0]?.accept();
  await first;
  await look.at(null);
  expect(told).toEqual([null]);
  const second = look.at(3);
  answers[1]?.accept();
  await second;
  await look.at(3);
  expect(told).toEqual([null, 3]);
});

test('is told in order, and what is over before it was told is left out', async () => {
  const { look, told, answers } = handHost();
  void look.at(1);
  void look.at(2);
  void look.at(3);
  void look.at(null);
  expect(told, 'the host has not taken the first yet').toEqual([1]);
  answers[0]?.accept();
  await turn();
  expect(told).toEqual([1, null]);
});

test('coming back before the host has taken it tells nothing twice', async () => {
  const { look, told, answers } = handHost();
  void look.at(1);
  void look.at(null);
  void look.at(1);
  answers[0]?.accept();
  await turn();
  expect(told).toEqual([1]);
});

test('what could not be told is told again at the next occasion', async () => {
  const { look, told, answers } = handHost();
  const first = look.at(1);
  answers[0]?.refuse();
  await first;
  expect(told).toEqual([1]);
  void look.at(1);
  expect(told).toEqual([1, 1]);
});
