/** What WhatsApp tells about a customer stands between the bubbles as a note: nobody wrote it. */
import type { Content } from '../../host/generated/Content';
import type { MessageRow } from '../../host/generated/MessageRow';
import { strings } from '../../strings/en';
import { plainLine } from '../plain';

type Note = Extract<Content, { kind: 'system' | 'welcome' }>;

export function isNote(content: Content): content is Note {
  return content.kind === 'system' || content.kind === 'welcome';
}

/** What a note says: the page's own sentence, and then what WhatsApp says. */
export function noteLines({ content, text }: Pick<MessageRow, 'content' | 'text'>): string[] {
  if (!isNote(content)) return [];
  const words = strings.kinds.system;
  if (content.kind === 'welcome') return [words.welcome];
  const { news, number, userId } = content;
  const told = text === null ? '' : plainLine(text);
  const facts = [
    number === null ? null : words.number(plainLine(number)),
    userId === null ? null : words.userId(plainLine(userId)),
  ].filter((fact) => fact !== null);
  // WhatsApp's sentence alone says it where the page has none of its own.
  const lines = news === 'other' && told !== '' ? [told] : [words.news[news], ...facts, ...(told === '' ? [] : [told])];
  return lines;
}
