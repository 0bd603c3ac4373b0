/** The price of a message as last told. Each status tells a part of it, so later words replace earlier ones one by one. */
import type { NamedValue } from '../host/generated/NamedValue';
import type { StepRow } from '../host/generated/StepRow';
import type { Terms } from '../host/generated/Terms';
import { strings } from '../strings/en';
import { fullTime } from '../time/format';

export function lastTerms(steps: readonly StepRow[]): Terms | null {
  const told = steps.map(({ terms }) => terms).filter((terms) => terms !== null);
  return told.length === 0 ? null : Object.assign({}, ...told);
}

/** In plain words, what matters most first. */
export function termFacts(terms: Terms, locale: string): NamedValue[] {
  const words = strings.terms;
  const { category, billable, pricingType, pricingModel, origin, expiresAt, conversation, callbackData } = terms;
  const facts: [string, string | undefined][] = [
    [words.category, category === undefined ? undefined : words.categoryWord(category)],
    [words.billable, billable === undefined ? undefined : words.billableWord(billable)],
    [words.type, pricingType === undefined ? undefined : words.typeWord(pricingType)],
    [words.model, pricingModel === undefined ? undefined : words.modelWord(pricingModel)],
    [words.origin, origin === undefined ? undefined : words.categoryWord(origin)],
    [words.expiresAt, expiresAt === undefined ? undefined : fullTime(expiresAt, locale)],
    [words.conversation, conversation],
    [words.callbackData, callbackData],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
