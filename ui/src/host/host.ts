/**
 * The seam between the page and whatever runs it. Everything the page asks of the outside goes through `Host`; there is one
 * for Tauri (`tauri.ts`) and one for a plain browser (`fixture/`). It is as wide as its callers need and no wider.
 */
import type { Code } from './generated/Code';
import type { ConversationQuery } from './generated/ConversationQuery';
import type { ConversationRow } from './generated/ConversationRow';
import type { DeliveryRow } from './generated/DeliveryRow';
import type { HostError } from './generated/HostError';
import type { LogQuery } from './generated/LogQuery';
import type { MediaState } from './generated/MediaState';
import type { MessageDetails } from './generated/MessageDetails';
import type { MessagePage } from './generated/MessagePage';
import type { Part } from './generated/Part';
import type { SearchResults } from './generated/SearchResults';
import type { Snapshot } from './generated/Snapshot';
import type { TestOutcome } from './generated/TestOutcome';
import type { ViewEvent } from './generated/ViewEvent';

export interface Host {
  /** First paint's data; every event after it is passed on, in order. */
  subscribe(onEvent: (event: ViewEvent) => void): Promise<Snapshot>;
  /** A page of up to 50 conversations, newest first. */
  conversations(query: ConversationQuery): Promise<ConversationRow[]>;
  conversation(id: number): Promise<ConversationRow>;
  /** A page of up to 50 messages, oldest first. */
  messages(conversation: number, part: Part): Promise<MessagePage>;
  messageDetails(message: number): Promise<MessageDetails>;
  markRead(conversation: number): Promise<void>;
  search(text: string): Promise<SearchResults>;
  /** Posts a sample message to the own address, as a provider would. */
  sendTest(): Promise<TestOutcome>;
  /** A page of up to 50 deliveries, newest first. */
  eventLog(query: LogQuery): Promise<DeliveryRow[]>;
  /** The body of a delivery, exactly as it came. */
  deliveryBody(id: number): Promise<string>;
  dismissNotice(id: number): Promise<void>;
  /** Starts reading every kept delivery again; how it goes on comes as `reread` events. */
  startReread(): Promise<void>;
  stopReread(): Promise<void>;
  /** Where the file of a message is. Asks nobody but this computer. */
  mediaState(message: number): Promise<MediaState>;
  /** Fetches the file of a message from the provider. Fails with the code `mediaToken` where the provider wants a token. */
  downloadMedia(message: number): Promise<MediaState>;
  /** Keeps the token that the provider gives files for. */
  setMediaToken(token: string): Promise<void>;
  /** The address under which the page can show a file of this computer. */
  fileUrl(path: string): string;
  /** Opens a page in the system's browser. Only `https:` addresses are taken. */
  openLink(url: string): Promise<void>;
  /** Puts text on the clipboard. */
  copy(text: string): Promise<void>;
}

const codes: ReadonlySet<string> = new Set<Code>(['notStarted', 'mediaToken', 'failed']);

/** The shape that every failure has once it has crossed the seam, whatever was thrown. */
export function hostError(cause: unknown): HostError {
  if (typeof cause === 'object' && cause !== null && 'code' in cause && 'message' in cause) {
    const { code, message } = cause;
    if (typeof code === 'string' && codes.has(code) && typeof message === 'string') {
      return { code: code as Code, message };
    }
  }
  return { code: 'failed', message: cause instanceof Error ? cause.message : String(cause) };
}
