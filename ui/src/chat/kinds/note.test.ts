import { expect, test } from 'vitest';

import type { Content } from '../../host/generated/Content';
import { isNote, noteLines } from './note';

const system = (change: Partial<Extract<Content, { kind: 'system' }>>): Content => ({
  kind: 'system',
  news: 'other',
  number: null,
  userId: null,
  ...change,
});

test.each<[Content, string | null, string[]]>([
  [{ kind: 'welcome' }, null, ['Opened the chat for the first time']],
  [
    system({ news: 'numberChanged', number: '436601234567' }),
    '\u200eAnna changed\u200e',
    ['This customer has a new number', 'Now 436601234567', 'Anna changed'],
  ],
  [system({}), 'Something happened', ['Something happened']],
  [system({}), null, ['News about this customer']],
  [{ kind: 'text' }, 'Hello', []],
])('%j with %j says %j', (content, text, lines) => {
  expect(noteLines({ content, text })).toEqual(lines);
  expect(isNote(content)).toBe(lines.length > 0);
});
