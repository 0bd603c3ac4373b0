/** What is shipped: nothing that the policy would refuse, and nothing of the fixture host. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';
import { build } from 'vite';

const OUT = 'test-results/app';

test('the app’s bundle holds no inline script or style, no data address and no fixture', async () => {
  await build({ mode: 'production', logLevel: 'error', build: { outDir: OUT } });
  const read = readdirSync(OUT, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(html|js|css)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(OUT, path), 'utf8') }));
  const html = read.find(({ path }) => path === 'index.html')?.text ?? '';
  expect(html).toMatch(/<script type="module"[^>]* src="[^"]+"><\/script>/);
  expect(html).not.toMatch(/<style|style=|<script(?![^>]* src=)|\son\w+=/);
  const holding = (pattern: RegExp) => read.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
  expect(holding(/quiet-harbour-41|calm-otter|Amelie|window\.fixture/)).toEqual([]);
  expect(holding(/url\(["']?data:/)).toEqual([]);
  const files = readdirSync(OUT, { recursive: true, encoding: 'utf8' });
  expect(files.filter((path) => /\.(webm|wav|jpg|png)$|photo|sticker/.test(path))).toEqual([]);
  expect(holding(/mark_read/)).toHaveLength(1);
});
