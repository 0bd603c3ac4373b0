/**
 * The files of messages, as far as the window has looked: where each is, and fetching one when the user asks for it. It outlives
 * the bubbles, which come and go while scrolling; it never fetches anything by itself.
 */
import { createContext } from 'svelte';

import type { HostError } from '../host/generated/HostError';
import type { MediaFile } from '../host/generated/MediaFile';
import type { MediaState } from '../host/generated/MediaState';
import { type Host, hostError } from '../host/host';

export type FilePhase =
  | { kind: 'looking' }
  | { kind: 'remote' }
  /** With a token that was just given, so that its form stays where it is. */
  | { kind: 'fetching'; token: boolean }
  | { kind: 'failed'; problem: HostError }
  | Extract<MediaState, { kind: 'here' }>;

export class MessageFile {
  phase = $state.raw<FilePhase>({ kind: 'looking' });
  /** The size of a picture once it was shown, so that it takes its room at once when it comes into sight again. */
  shape: { width: number; height: number } | null = null;

  readonly #host: Host;
  readonly #message: number;

  constructor(host: Host, message: number) {
    this.#host = host;
    this.#message = message;
  }

  /** Looks whether the file is on this computer. */
  async look(): Promise<void> {
    if (this.phase.kind !== 'looking' && this.phase.kind !== 'remote') return;
    try {
      this.#settle(await this.#host.mediaState(this.#message));
    } catch {
      // Asking for the file will say what is wrong.
      this.#settle({ kind: 'remote' });
    }
  }

  async fetch(): Promise<void> {
    this.phase = { kind: 'fetching', token: false };
    await this.#download();
  }

  /** Keeps a token and tries again with it. */
  async fetchWith(token: string): Promise<void> {
    this.phase = { kind: 'fetching', token: true };
    try {
      await this.#host.setMediaToken(token);
    } catch (cause) {
      this.phase = { kind: 'failed', problem: hostError(cause) };
      return;
    }
    await this.#download();
  }

  /** Puts a failure out of sight. */
  forget(): void {
    if (this.phase.kind === 'failed') this.phase = { kind: 'remote' };
  }

  async #download(): Promise<void> {
    try {
      this.phase = await this.#host.downloadMedia(this.#message);
    } catch (cause) {
      this.phase = { kind: 'failed', problem: hostError(cause) };
    }
  }

  /** What was asked for meanwhile says more than a look does. */
  #settle(state: MediaState): void {
    if (this.phase.kind === 'looking' || this.phase.kind === 'remote') this.phase = state;
  }
}

export class Files {
  readonly #host: Host;
  readonly #files = new Map<number, MessageFile>();

  constructor(host: Host) {
    this.#host = host;
  }

  of(message: number): MessageFile {
    let file = this.#files.get(message);
    if (file === undefined) {
      file = new MessageFile(this.#host, message);
      this.#files.set(message, file);
    }
    return file;
  }
}

/** Whether the payload says where the file can be asked for. */
export function isAskable(file: MediaFile): boolean {
  return file.id !== null || file.url !== null;
}

export const [useFiles, provideFiles] = createContext<Files>();
