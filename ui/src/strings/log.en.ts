/** The words of the event log, of notices about the account, and of reading everything again. */
import type { Outcome } from '../host/generated/Outcome';
import type { RereadOutcome } from '../host/generated/RereadOutcome';
import { counted } from './counted';

const outcomes: Record<Outcome, string> = { read: 'Read', unread: 'Not understood', rejected: 'Rejected' };

/** What has changed, in one sentence. */
function changes({ deliveries, added, changed, removed, events }: RereadOutcome): string {
  const parts = [
    added > 0 ? counted(added, 'new message', 'new messages') : null,
    changed > 0 ? `${counted(changed, 'message', 'messages')} changed` : null,
    removed > 0 ? `${counted(removed, 'message', 'messages')} taken away` : null,
    events > 0 ? `${counted(events, 'other event', 'other events')} changed` : null,
  ].filter((part) => part !== null);
  const read = counted(deliveries, 'delivery', 'deliveries');
  return parts.length === 0
    ? `${read} read again: nothing is different.`
    : `${read} read again: ${new Intl.ListFormat('en', { type: 'conjunction' }).format(parts)}.`;
}

export const eventLog = {
  title: 'Event log',
  intro: 'Everything that was posted to your addresses, newest first.',
  open: 'Event log',
  shortcut: (apple: boolean) => (apple ? '⌘L' : 'Ctrl L'),
  filters: 'Show',
  filter: { all: 'All', unread: 'Not understood', rejected: 'Rejected' },
  list: 'Deliveries',
  outcome: outcomes,
  repeats: (id: number) => `repeats #${id}`,
  client: (address: string) => `from ${address}`,
  number: (id: number) => `#${id}`,
  nothing: 'Told nothing new',
  empty: { all: 'Nothing was delivered yet', unread: 'Everything was understood', rejected: 'Nothing was rejected' },
  emptyHint: {
    all: 'The first delivery to one of your addresses appears here.',
    unread: 'A delivery that holds something unknown is kept and listed here.',
    rejected: 'A delivery that is not JSON is answered with an error and listed here.',
  },
  newer: 'Go to the newest delivery',
  problem: 'The event log could not be read.',
  bodyProblem: 'The body could not be read.',
  body: 'The body, exactly as it came',
  show: 'Show body',
  hide: 'Hide body',
};

export const raw = {
  cut: (shown: string, all: string) => `Only the first ${shown} of ${all} are shown. Copy copies everything.`,
};

export const notices = {
  label: 'About your account',
  dismiss: (line: string) => `Put away: ${line}`,
  progress: (percent: number) => `${percent} %`,
  more: (count: number) => `Show ${count} more`,
  less: 'Show fewer',
};

export const reread = {
  action: 'Read everything again',
  advised: 'This version understands more than the one that read your archive.',
  running: 'Reading everything again',
  progress: (done: number, total: number) => `${done} of ${counted(total, 'delivery', 'deliveries')}`,
  cancel: 'Cancel',
  later: 'Not now',
  close: 'Close',
  done: changes,
  cancelled: (outcome: RereadOutcome) => `Stopped before the end. ${changes(outcome)}`,
  failed: (reason: string) => `Reading everything again did not work: ${reason}`,
};

/** What a status tells of the price, in plain words; a word never seen before as it is written. */
const categories = new Map<string, string>([
  ['authentication', 'Authentication'],
  ['authentication-international', 'Authentication, international'],
  ['authentication_international', 'Authentication, international'],
  ['marketing', 'Marketing'],
  ['marketing_lite', 'Marketing lite'],
  ['utility', 'Utility'],
  ['service', 'Service'],
  ['referral_conversion', 'Came through an ad'],
  ['group_marketing', 'Marketing in a group'],
  ['group_utility', 'Utility in a group'],
  ['group_service', 'Service in a group'],
  ['general_purpose_ai', 'AI assistant'],
  ['user_initiated', 'Opened by the customer'],
  ['business_initiated', 'Opened by the business'],
]);

const models = new Map<string, string>([
  ['CBP', 'Per conversation'],
  ['PMP', 'Per message'],
]);

const types = new Map<string, string>([
  ['regular', 'Regular price'],
  ['free_customer_service', 'Free: an answer within 24 hours'],
  ['free_entry_point', 'Free: the customer came through an ad'],
]);

export const terms = {
  title: 'Price and conversation',
  category: 'Category',
  categoryWord: (word: string) => categories.get(word) ?? word,
  origin: 'Conversation',
  billable: 'Charged',
  billableWord: (billable: boolean) => (billable ? 'Yes' : 'No'),
  model: 'Priced',
  modelWord: (word: string) => models.get(word) ?? word,
  type: 'Price',
  typeWord: (word: string) => types.get(word) ?? word,
  conversation: 'Conversation ID',
  expiresAt: 'Open until',
  callbackData: 'Mark of the sender',
};
