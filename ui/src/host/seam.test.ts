/** The seam holds: only one file knows Tauri, and nothing in the page makes markup of text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { hostError } from './host';

const SOURCE = 'src';
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.test.ts'))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(SOURCE, path), 'utf8') }));

const having = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

describe('sources', () => {
  test('are found at all', () => {
    expect(files.length).toBeGreaterThan(40);
  });

  test('import @tauri-apps in one file', () => {
    expect(having(/from ['"]@tauri-apps|import\(['"]@tauri-apps/)).toEqual(['host/tauri.ts']);
  });

  test('never make markup of text, and hold no inline style', () => {
    expect(having(/\{@html\s+\w/)).toEqual([]);
    expect(having(/\.(inner|outer)HTML|insertAdjacentHTML|DOMParser|\sstyle="/)).toEqual([]);
  });

  test('name the fixture only where the host is chosen, and in what tests share', () => {
    const outside = having(/from ['"][^'"]*fixture|import\(['"][^'"]*fixture/).filter(
      (path) => !path.startsWith('host/fixture/'),
    );
    expect(outside.sort()).toEqual(['chat/testing.ts', 'main.ts']);
  });
});

describe('a failure, whatever was thrown', () => {
  test.each([
    [
      { code: 'notStarted', message: 'locked' },
      { code: 'notStarted', message: 'locked' },
    ],
    [
      { code: 'neverHeard', message: 'x' },
      { code: 'failed', message: '[object Object]' },
    ],
    [new Error('broken'), { code: 'failed', message: 'broken' }],
    ['text', { code: 'failed', message: 'text' }],
    [null, { code: 'failed', message: 'null' }],
  ])('%j has code and message', (cause, expected) => {
    expect(hostError(cause)).toEqual(expected);
  });
});
