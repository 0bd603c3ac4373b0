/**
 * The seam between the page and whatever runs it. Everything the page asks of the outside goes through `Host`; there is one
 * for Tauri (`tauri.ts`) and one for a plain browser (`fixture/`). It is as wide as its callers need and no wider.
 */
import type { Code } from './generated/Code';
import type { ConversationQuery } from './generated/ConversationQuery';
import type { ConversationRow } from './generated/ConversationRow';
import type { DeliveryRow } from './generated/DeliveryRow';
import type { DesktopSetup } from './generated/DesktopSetup';
import type { HookChange } from './generated/HookChange';
import type { HostError } from './generated/HostError';
import type { LogQuery } from './generated/LogQuery';
import type { MediaState } from './generated/MediaState';
import type { MessageDetails } from './generated/MessageDetails';
import type { MessagePage } from './generated/MessagePage';
import type { OutageRow } from './generated/OutageRow';
import type { Part } from './generated/Part';
import type { PopupSettings } from './generated/PopupSettings';
import type { PublicUrlChange } from './generated/PublicUrlChange';
import type { PublicUrlSetup } from './generated/PublicUrlSetup';
import type { Quiet } from './generated/Quiet';
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
  /** Posts a sample message to the own address, as a provider would: through the public URL where there is one. */
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
  /** What was decided about the public URL; how it is doing comes as `publicUrl` events. */
  publicUrlSetup(): Promise<PublicUrlSetup>;
  /** Decides about the public URL. Fails with a message for the user where something in it cannot be. */
  setPublicUrl(change: PublicUrlChange): Promise<void>;
  /** Checks now whether the public URL works, or tries again now. */
  retryPublicUrl(): Promise<void>;
  /** The system says that its network came or went. A hint, no more. */
  networkChanged(): Promise<void>;
  /** The user's provider knows the new public URL: the former one is forgotten. */
  settlePublicUrl(): Promise<void>;
  /** The times in which providers could not reach this engine, newest first. */
  outages(): Promise<OutageRow[]>;
  /** The user knows of the last of them. */
  dismissBackAgain(): Promise<void>;
  /** Adds an address. This and what follows fail with a message for the user; how the addresses are then comes as an event. */
  addHook(label: string): Promise<void>;
  changeHook(label: string, change: HookChange): Promise<void>;
  /** Gives an address a new secret; the one before still works for that many hours. */
  rotateHook(label: string, graceHours: number): Promise<void>;
  removeHook(label: string): Promise<void>;
  popupSettings(): Promise<PopupSettings>;
  /** Decides about popups. Fails with a message for the user where something in it cannot be. */
  setPopupSettings(settings: PopupSettings): Promise<void>;
  /** Shows no popups for that long; how it is then comes as a `popups` event. */
  pausePopups(quiet: Quiet): Promise<void>;
  /** Fails with a message for the user where the system takes no notification. */
  showSamplePopup(): Promise<void>;
  /** Shows no popups of a conversation for that long. One that is muted is no VIP any more. */
  muteConversation(conversation: number, quiet: Quiet): Promise<void>;
  /** Lets popups of a conversation break through the quiet hours, or not. A VIP is not muted any more. */
  setVip(conversation: number, vip: boolean): Promise<void>;
  /** The conversation whose newest message the user has before their eyes now. */
  lookAt(conversation: number | null): Promise<void>;
  desktopSetup(): Promise<DesktopSetup>;
  setStartsWithSession(on: boolean): Promise<void>;
  /** The window may go, and messages are received all the same. */
  stayInBackground(): Promise<void>;
  quit(): Promise<void>;
  /** What the window shows first is on the screen. */
  painted(): Promise<void>;
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
