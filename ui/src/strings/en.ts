/**
 * Every word that the window shows, in English. A part that depends on a number goes through the language's plural rules, so
 * that another language is one more file of this shape.
 */
import type { Failure } from '../host/generated/Failure';
import { counted } from './counted';
import { failureReason } from './failures.en';
import { firstRun } from './first-run.en';
import { kinds } from './kinds.en';
import { eventLog, notices, raw, reread, terms } from './log.en';
import { popups } from './popups.en';
import { publicUrl } from './public-url.en';
import { settings } from './settings.en';

const kindNames = new Map<string, string>([
  ['text', 'Text'],
  ['image', 'Photo'],
  ['video', 'Video'],
  ['audio', 'Audio'],
  ['voice', 'Voice message'],
  ['document', 'Document'],
  ['sticker', 'Sticker'],
  ['location', 'Location'],
  ['contacts', 'Contact'],
  ['button', 'Button reply'],
  ['interactive', 'Reply'],
  ['order', 'Order'],
  ['system', 'System note'],
  ['call', 'Call'],
  ['reaction', 'Reaction'],
  ['template', 'Template'],
  ['unsupported', 'Not supported by WhatsApp’s API'],
  ['media_placeholder', 'Media from before'],
  ['request_welcome', 'Opened the chat'],
  ['binary', 'SMS with binary content'],
]);

const steps = new Map<string, string>([
  ['sent', 'Sent'],
  ['failed', 'Failed'],
  ['delivered', 'Delivered'],
  ['read', 'Read'],
  ['played', 'Played'],
  ['deleted', 'Deleted by the sender'],
  ['warning', 'Warning'],
]);

export const strings = {
  kinds,
  eventLog,
  firstRun,
  popups,
  publicUrl,
  settings,
  notices,
  raw,
  reread,
  terms,

  /** The language of this catalogue; dates and numbers follow it. */
  language: 'en',
  app: 'Bluetick',
  windowTitle: (unread: number) => (unread > 0 ? `(${unread}) Bluetick` : 'Bluetick'),
  back: 'Back to conversations',
  retry: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Could not copy',
  loading: 'Loading…',
  save: 'Save',
  saving: 'Saving…',
  saved: 'Saved',
  cancel: 'Cancel',
  opensInBrowser: 'opens in your browser',

  notStarted: {
    title: 'Bluetick could not start',
    hint: 'Nothing that was already received is lost. Close this window, put right what is said above, and open Bluetick again.',
  },
  readFailed: {
    title: 'Your messages could not be read',
  },

  list: {
    label: 'Conversations',
    resize: 'Width of the conversation list',
    filters: 'Show',
    filter: { all: 'All', unread: 'Unread', failed: 'Failed' },
    channel: 'Business number',
    everyChannel: 'All numbers',
    unnamedChannel: (id: number) => `Number ${id}`,
    smsChannel: (number: string) => `SMS · ${number}`,
    connect: 'Connect a number',
    unread: (count: number) => counted(count, 'unread message', 'unread messages'),
    failed: (count: number) => counted(count, 'message failed', 'messages failed'),
    badge: (count: number) => (count > 99 ? '99+' : String(count)),
    yesterday: 'Yesterday',
    empty: { all: 'No conversations yet', unread: 'All caught up', failed: 'Nothing failed' },
    emptyHint: {
      all: 'The first message to your number appears here.',
      unread: 'There are no unread messages.',
      failed: 'Every message you sent got through, or is on its way.',
    },
    problem: 'The conversations could not be read.',
  },

  search: {
    label: 'Search people and messages',
    placeholder: 'Search',
    clear: 'Clear search',
    shortcut: (apple: boolean) => (apple ? '⌘K' : 'Ctrl K'),
    people: 'People',
    messages: 'Messages',
    count: (people: number, messages: number) =>
      `${counted(people, 'person', 'people')}, ${counted(messages, 'message', 'messages')} found`,
    nothing: (text: string) => `Nothing found for “${text}”`,
    nothingHint: 'Search looks at names, numbers and the text of messages.',
    problem: 'The search did not work.',
  },

  chat: {
    label: 'Conversation',
    log: 'Messages',
    none: 'Choose a conversation',
    noneHint: 'Messages to your business numbers are on the left, the newest first.',
    to: (channel: string) => `to ${channel}`,
    window: {
      open: (until: string) => `Free-form replies until ${until}`,
      closed: 'Only templates: last message more than 24 h ago',
      never: 'Only templates: this person has not written yet',
    },
    today: 'Today',
    yesterday: 'Yesterday',
    unreadLine: 'New messages',
    newMessages: (count: number) => `${count} new`,
    newMessagesLabel: (count: number) => `Go to ${counted(count, 'new message', 'new messages')}`,
    toEnd: 'Go to the newest message',
    older: 'Loading older messages…',
    problem: 'The messages could not be read.',
    gone: 'This conversation has no messages.',
  },

  bubble: {
    received: 'Received',
    sent: 'Sent',
    kind: (kind: string) => kindNames.get(kind) ?? `Unknown type “${kind}”`,
    forwarded: 'Forwarded',
    forwardedOften: 'Forwarded many times',
    edited: 'Edited',
    late: 'late',
    lateTimes: (sent: string, arrived: string) => `Sent ${sent}, arrived ${arrived}`,
    revoked: 'Deleted by the sender',
    statusesOnly: 'Sent from another system',
    statusesOnlyHint: 'Bluetick is told of its delivery, not of its text.',
    quote: { in: 'Customer', out: 'You', unknown: 'Quoted message' },
    quoteMissing: 'A message that is not in Bluetick',
    quoteJump: 'Go to the quoted message',
    reactions: 'Reactions',
    reaction: (emoji: string, from: string) => `${emoji} from ${from}`,
    details: 'Details',
    failed: 'Not delivered',
    problem: 'Reason',
    /** In plain words where the code is known, else in the provider's. */
    failure: (failure: Failure | null) => {
      const code = failure?.code ?? null;
      const known = code === null ? undefined : failureReason(code);
      const reason = known ?? failure?.details ?? failure?.title ?? 'The provider gave no reason.';
      return code === null ? reason : `${reason} (code ${code})`;
    },
  },

  tick: { sent: 'Sent', failed: 'Failed', delivered: 'Delivered', read: 'Read', played: 'Played' },

  details: {
    title: 'Message details',
    close: 'Close details',
    kind: 'Type',
    sentAt: 'Sent',
    receivedAt: 'Reached Bluetick',
    id: 'Message ID',
    steps: 'Delivery',
    noSteps: 'No delivery status was told.',
    step: (status: string) => steps.get(status) ?? status,
    recipient: (recipient: string) => `for ${recipient}`,
    showRaw: 'Show raw',
    hideRaw: 'Hide raw',
    raw: 'The delivery, exactly as it came',
    problem: 'The details could not be read.',
  },
};
