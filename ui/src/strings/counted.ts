/** Numbers with the right form of their noun, by English's plural rules. */
const plural = new Intl.PluralRules('en');

export const counted = (count: number, one: string, other: string): string =>
  `${count} ${plural.select(count) === 'one' ? one : other}`;
