import type * as vscode from 'vscode';
import type { Conversation } from './conversation.ts';
import { readKept, writeKept } from './kept-conversation.ts';
import type { KeptPlace } from './kept-place.ts';
import { sessionCutOffNotice } from '../problems/session-notices.ts';

/** A reload may come at any moment, so the file trails the conversation by no more than this. */
const WRITE_AFTER_MS = 500;

/** Keeps the conversation as it grows, so that a reload or a crash of the window loses nothing said. */
export class ConversationKeeper implements vscode.Disposable {
  readonly #place: KeptPlace;
  readonly #conversation: Conversation;
  readonly #log: vscode.LogOutputChannel;
  readonly #listener: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(place: KeptPlace, conversation: Conversation, log: vscode.LogOutputChannel) {
    this.#place = place;
    this.#conversation = conversation;
    this.#log = log;
    this.#listener = conversation.onDidChange(() => {
      this.#timer ??= setTimeout(() => void this.flush(), WRITE_AFTER_MS);
    });
  }

  /**
   * Brings back what was kept; says so in the conversation when a session was cut off by the window's end. What is written
   * meanwhile waits: it would take the place of what is still to be read.
   */
  restore(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#read());
    return this.#writing;
  }

  async #read(): Promise<void> {
    try {
      const bytes = await this.#place.read();
      if (bytes === undefined) return;
      const { entries, cutOff } = readKept(bytes);
      // Whatever was said while the file was read comes after it.
      this.#conversation.replace([...entries, ...this.#conversation.entries]);
      if (cutOff) this.#conversation.notice(sessionCutOffNotice());
    } catch (cause) {
      this.#log.warn('the kept conversation could not be read, a new one begins', String(cause));
    }
  }

  /** Writes what has not been written yet. One write at a time. */
  flush(): Promise<void> {
    if (this.#timer !== undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#writing = this.#writing.then(() => this.#write());
    }
    return this.#writing;
  }

  dispose(): void {
    this.#listener.dispose();
    void this.flush();
  }

  async #write(): Promise<void> {
    try {
      await this.#place.write(writeKept(this.#conversation.entries, this.#conversation.sessionOpen));
    } catch (cause) {
      this.#log.warn('the conversation could not be kept', String(cause));
    }
  }
}
