import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import svelteConfig from './svelte.config.js';

export default ts.config(
  // Generated types are ts-rs's to format; the rest is output.
  { ignores: ['src/host/generated/', 'dist/', 'dist-fixture/', 'test-results/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  ...svelte.configs.prettier,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
    },
  },
  {
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      // Message text is never markup.
      'svelte/no-at-html-tags': 'error',
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Message text is never markup.' },
        { property: 'outerHTML', message: 'Message text is never markup.' },
        { property: 'insertAdjacentHTML', message: 'Message text is never markup.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Sets and maps here are either local to a function or replaced whole.
      'svelte/prefer-svelte-reactivity': 'off',
      // TypeScript knows better which names exist, also in Svelte files.
      'no-undef': 'off',
    },
  },
);
