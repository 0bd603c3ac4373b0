/**
 * What the window shows: the snapshot, the events after it, and which conversation is open. It hands events to the list and
 * the open conversation and decides when a conversation counts as seen; it formats nothing and touches no element.
 */
import { Files } from '../chat/files.svelte';
import { Thread } from '../chat/thread.svelte';
import type { ChannelRow } from '../host/generated/ChannelRow';
import type { ConversationRow } from '../host/generated/ConversationRow';
import type { HookRow } from '../host/generated/HookRow';
import type { PopupRow } from '../host/generated/PopupRow';
import type { ViewEvent } from '../host/generated/ViewEvent';
import { type Host, hostError } from '../host/host';
import { Inbox } from '../list/inbox.svelte';
import { Search } from '../list/search.svelte';
import { Account } from '../log/account.svelte';
import { EventLog } from '../log/event-log.svelte';
import { PublicUrl } from '../public-url/public-url.svelte';
import type { SettingsPlace } from '../strings/troubles.en';
import { keptPlace, type Page, type Place } from './last-place';

export type Phase =
  | { kind: 'loading' }
  | { kind: 'ready' }
  | { kind: 'notStarted'; message: string }
  | { kind: 'failed'; message: string };

export class WindowState {
  phase = $state.raw<Phase>({ kind: 'loading' });
  page = $state<Page>('inbox');
  /** Where in the settings to go; a new object each time somebody is led there. */
  settingsGoal = $state.raw<{ place: SettingsPlace }>({ place: 'publicUrl' });
  version = $state('');
  hooks = $state.raw<HookRow[]>([]);
  channels = $state.raw<ChannelRow[]>([]);
  popups = $state.raw<PopupRow>({ state: { kind: 'available' }, pausedUntil: null });
  /** The user wants to close the window and is asked what that shall do. */
  isClosing = $state(false);
  /** The user is looking at the window. */
  isAttended = $state(false);
  unreadConversations = $state(0);
  /** Whether anything was ever received. */
  hasConversations = $state(false);
  /** The open conversation. */
  selected = $state.raw<ConversationRow | null>(null);
  thread = $state.raw<Thread | null>(null);
  /** The message whose details are open. */
  detailed = $state<number | null>(null);
  /** They were opened to see the message as it came. */
  detailsAtRaw = $state(false);
  /** The conversation in which something came while the connect page was shown. */
  arrived = $state.raw<ConversationRow | null>(null);

  readonly inbox: Inbox;
  readonly search: Search;
  readonly files: Files;
  readonly log: EventLog;
  readonly account: Account;
  readonly publicUrl: PublicUrl;
  readonly host: Host;
  readonly #hasAttention: () => boolean;
  /** The user has been taken to where they were. */
  #isBack = false;
  /** Raised with each subscription, so that the events of the one before are dropped. */
  #subscription = 0;
  /** Raised with each opening, so that a slower one before does not win. */
  #opening = 0;
  /** Whether the host is being told that something was seen, and whether more was seen meanwhile. */
  #marking: 'no' | 'yes' | 'again' = 'no';

  /** `hasAttention` says whether the user is looking at the window. */
  constructor(host: Host, hasAttention: () => boolean) {
    this.host = host;
    this.#hasAttention = hasAttention;
    this.isAttended = hasAttention();
    this.inbox = new Inbox(host);
    this.search = new Search(host);
    this.files = new Files(host);
    this.log = new EventLog(host);
    this.account = new Account(host);
    this.publicUrl = new PublicUrl(host, (place) => this.showSettings(place));
  }

  async start(): Promise<void> {
    this.phase = { kind: 'loading' };
    await this.#read();
  }

  /** Opens a conversation, at a message if one is named. */
  async open(id: number, message?: number): Promise<void> {
    this.page = 'inbox';
    if (this.selected?.id === id && this.thread !== null) {
      if (message !== undefined) await this.thread.goTo(message);
      return;
    }
    await this.#show(id, (thread) => (message === undefined ? thread.open() : thread.goTo(message)));
  }

  /** Puts a conversation into the right pane, read in that way. */
  async #show(id: number, read: (thread: Thread, row: ConversationRow) => Promise<void>): Promise<void> {
    const opening = ++this.#opening;
    const row = this.inbox.rows.find((known) => known.id === id) ?? (await this.#readRow(id));
    if (row === null || opening !== this.#opening) return;
    const thread = new Thread(this.host, id);
    this.selected = row;
    this.thread = thread;
    this.detailed = null;
    this.inbox.keep(id);
    await read(thread, row);
    if (this.thread === thread) this.seen();
  }

  leave(): void {
    this.selected = null;
    this.thread = null;
    this.detailed = null;
    this.inbox.keep(null);
  }

  showConnect(): void {
    this.arrived = null;
    this.page = 'connect';
  }

  showLog(): void {
    this.page = 'log';
  }

  showSettings(place: SettingsPlace): void {
    this.settingsGoal = { place };
    this.page = 'settings';
  }

  /** Leaves the connect page, the event log or the settings. */
  showInbox(): void {
    this.page = this.hasConversations ? 'inbox' : 'connect';
  }

  /** The user is looking at the open conversation: what is unread there is seen. */
  seen(): void {
    const row = this.selected;
    if (row === null || row.unread === 0 || this.thread?.phase !== 'ready') return;
    if (this.page !== 'inbox' || !this.#hasAttention()) return;
    if (this.#marking !== 'no') {
      this.#marking = 'again';
      return;
    }
    this.#marking = 'yes';
    // A failure leaves the conversation unread, which is shown and tried again at the next occasion.
    void this.host
      .markRead(row.id)
      .catch(() => undefined)
      .finally(() => {
        const again = this.#marking === 'again';
        this.#marking = 'no';
        if (again) this.seen();
      });
  }

  /** The conversation whose newest message the user has before their eyes. */
  get lookedAt(): number | null {
    if (!this.isAttended || this.page !== 'inbox' || this.thread?.phase !== 'ready') return null;
    return this.thread.atEnd ? this.thread.conversation : null;
  }

  /** Where the user is; nothing before they have been taken to where they were. */
  get place(): Place | null {
    if (this.phase.kind !== 'ready') return null;
    const message = this.thread === null || this.thread.atEnd ? null : this.thread.topmost;
    return { page: this.page, conversation: this.selected?.id ?? null, message };
  }

  /** The user may have begun or ceased to look at the window. */
  attend(): void {
    this.isAttended = this.#hasAttention();
    this.seenAtEnd();
  }

  /** The same, said on occasions that count only where the newest message is in sight. */
  seenAtEnd(): void {
    if (this.thread?.atEnd) this.seen();
  }

  showDetails(message: number, atRaw: boolean): void {
    this.detailed = message;
    this.detailsAtRaw = atRaw;
  }

  closeDetails(): void {
    this.detailed = null;
  }

  channel(id: number): ChannelRow | null {
    return this.channels.find((channel) => channel.id === id) ?? null;
  }

  async #read(): Promise<void> {
    const subscription = ++this.#subscription;
    const waiting: ViewEvent[] = [];
    let isReady = false;
    try {
      const snapshot = await this.host.subscribe((event) => {
        if (subscription !== this.#subscription) return;
        // It waits for nothing: what goes wrong may be the reason for it.
        if (isReady || event.kind === 'closing') this.#apply(event);
        else waiting.push(event);
      });
      if (subscription !== this.#subscription) return;
      this.version = snapshot.version;
      this.hooks = snapshot.hooks;
      this.channels = snapshot.channels;
      this.popups = snapshot.popups;
      this.account.notices = snapshot.notices;
      this.account.tellReread(snapshot.reread);
      this.publicUrl.row = snapshot.publicUrl;
      this.publicUrl.backAgain = snapshot.backAgain;
      this.unreadConversations = snapshot.unreadConversations;
      this.hasConversations = snapshot.conversations.length > 0;
      await this.inbox.refresh(snapshot.conversations);
      await this.#rereadSelected();
      await this.thread?.refresh();
      if (subscription !== this.#subscription) return;
      if (!this.#isBack) this.#goBack(keptPlace());
      this.phase = { kind: 'ready' };
      isReady = true;
      for (const event of waiting) this.#apply(event);
    } catch (cause) {
      if (subscription !== this.#subscription) return;
      const { code, message } = hostError(cause);
      this.phase = { kind: code === 'notStarted' ? code : 'failed', message };
    }
  }

  /** Takes the user to where they were, as far as that is still there. What they ask for meanwhile comes first. */
  #goBack({ page, conversation, message }: Place): void {
    this.#isBack = true;
    this.page = page;
    if (page === 'inbox') this.showInbox();
    if (conversation === null) return;
    void this.#show(conversation, (thread, { unread }) =>
      message === null || unread > 0 ? thread.open() : thread.openAt(message),
    );
  }

  #apply(event: ViewEvent): void {
    if (this.page === 'log') this.#stirLog(event);
    switch (event.kind) {
      case 'conversation':
        this.unreadConversations = event.unreadConversations;
        this.#applyConversation(event.row);
        break;
      case 'conversationMerged':
        this.inbox.remove(event.gone);
        if (this.selected?.id === event.gone) void this.open(event.into);
        break;
      case 'channel':
        this.channels = [...this.channels.filter(({ id }) => id !== event.row.id), event.row].sort(
          (a, b) => a.id - b.id,
        );
        break;
      case 'message':
        if (event.row.conversation !== this.selected?.id) {
          // Known by its statuses only, it may have stood here until its content told where it belongs.
          this.thread?.remove(event.row.id);
          break;
        }
        this.thread?.apply(event.row, this.#hasAttention());
        this.seenAtEnd();
        break;
      case 'openConversation':
        void this.open(event.conversation);
        break;
      case 'popups':
        this.popups = event.row;
        break;
      case 'closing':
        this.isClosing = true;
        break;
      case 'notices':
        this.account.notices = event.rows;
        break;
      case 'reread':
        this.account.tellReread(event.state);
        break;
      case 'publicUrl':
        this.publicUrl.row = event.row;
        break;
      case 'hooks':
        this.hooks = event.rows;
        break;
      case 'backAgain':
        this.publicUrl.backAgain = event.outage;
        break;
      case 'unread':
        // Only the event log shows it.
        break;
      case 'stale':
        void this.#read();
        break;
    }
  }

  /** A delivery came, or those there are have been read anew. */
  #stirLog({ kind }: ViewEvent): void {
    if (kind === 'stale') void this.log.show(this.log.outcome);
    else if (kind === 'unread' || kind === 'message' || kind === 'conversation') void this.log.refresh();
  }

  #applyConversation(row: ConversationRow): void {
    this.hasConversations = true;
    this.inbox.upsert(row);
    if (this.page === 'connect') this.arrived ??= row;
    if (this.arrived?.id === row.id) this.arrived = row;
    if (this.selected?.id === row.id) {
      this.selected = row;
      this.seenAtEnd();
    }
  }

  async #rereadSelected(): Promise<void> {
    if (this.selected === null) return;
    const row = await this.#readRow(this.selected.id);
    // It may have been merged into another without a word.
    if (row === null) this.leave();
    else this.selected = row;
  }

  async #readRow(id: number): Promise<ConversationRow | null> {
    try {
      return await this.host.conversation(id);
    } catch {
      // It may be gone by now; the list shows what there is.
      return null;
    }
  }
}
