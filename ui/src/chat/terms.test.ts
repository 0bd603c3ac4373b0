import { expect, test } from 'vitest';

import type { StepRow } from '../host/generated/StepRow';
import type { Terms } from '../host/generated/Terms';
import { lastTerms, termFacts } from './terms';

const step = (terms: Terms | null): StepRow => ({ status: 'sent', at: 0, recipient: null, failure: null, terms });

test('each part of the price is the one told last', () => {
  const steps = [
    step({ category: 'utility', conversation: 'c1', expiresAt: 5 }),
    step(null),
    step({ category: 'marketing', billable: false }),
  ];
  expect(lastTerms(steps)).toEqual({ category: 'marketing', conversation: 'c1', expiresAt: 5, billable: false });
  expect(lastTerms([step(null)])).toBeNull();
});

test('only what was told is said, in plain words where there are some', () => {
  const facts = termFacts(
    { category: 'hologram', billable: false, pricingModel: 'PMP', callbackData: 'job 7' },
    'en-GB',
  );
  expect(facts).toEqual([
    { name: 'Category', value: 'hologram' },
    { name: 'Charged', value: 'No' },
    { name: 'Priced', value: 'Per message' },
    { name: 'Mark of the sender', value: 'job 7' },
  ]);
});
