import type { LogOutputChannel } from 'vscode';
import type { Conversation } from '../conversations/conversation.ts';
import { LiveSession } from '../live/session.ts';
import type { EndReason } from '../live/session-events.ts';
import type { LiveCredentials, ToolDeclaration } from '../live/settings.ts';
import { sessionEndedNotice, sessionNotice, settingsChangedNotice } from '../problems/session-notices.ts';
import type { Settings } from '../settings/schema.ts';
import { spokenDuration } from './duration.ts';
import { systemInstruction } from './instructions.ts';

interface RunningSessionOptions {
  readonly credentials: LiveCredentials;
  readonly settings: Settings;
  readonly tools: readonly ToolDeclaration[];
  readonly conversation: Conversation;
  readonly log: LogOutputChannel;
  /** Replies are numbered on from here. */
  readonly firstReply: number;
}

/** One session, what it was made with, and what the conversation says of it. */
export class RunningSession {
  readonly session: LiveSession;
  readonly settings: Settings;
  readonly #conversation: Conversation;
  readonly #log: LogOutputChannel;
  #liveSinceMs: number | undefined;
  #saidThatSettingsChanged = false;

  constructor({ credentials, settings, tools, conversation, log, firstReply }: RunningSessionOptions) {
    this.settings = settings;
    this.#conversation = conversation;
    this.#log = log;
    this.session = new LiveSession({
      credentials,
      settings: { ...settings.live, instructions: systemInstruction(settings.live.instructions), tools },
      // The session has taken out secrets before a line comes here.
      log: {
        debug: (line) => log.debug(line),
        info: (line) => log.info(line),
        warn: (line) => log.warn(line),
        error: (line) => log.error(line),
      },
      firstReply,
      history: conversation.entries.filter((entry) => entry.kind === 'person' || entry.kind === 'reply'),
    });
    this.session.on('state', (state) => {
      if (state.kind === 'live') this.#liveSinceMs ??= state.sinceMs;
    });
    this.session.on('entry', (entry) => conversation.put(entry));
    this.session.on('notice', (notice) => conversation.notice(sessionNotice(notice)));
    this.session.on('sources', (_reply, entry) => conversation.put(entry));
  }

  /** Unix time at which it first became live. */
  get startedAtMs(): number | undefined {
    return this.#liveSinceMs;
  }

  get isLive(): boolean {
    return this.session.state.kind === 'live';
  }

  get hasEnded(): boolean {
    return this.session.state.kind === 'ended';
  }

  /** Says once that what was changed holds from the next session on. */
  settingsChanged(now: Settings): void {
    if (this.#saidThatSettingsChanged || JSON.stringify(this.settings.live) === JSON.stringify(now.live)) return;
    this.#saidThatSettingsChanged = true;
    this.#conversation.notice(settingsChangedNotice());
  }

  /** It is over: frees what it holds. Returns the number for the first reply of the next. */
  dispose(): number {
    this.#log.info(`usage: ${JSON.stringify(this.session.usage)}`);
    this.session.dispose();
    return this.session.nextReply;
  }

  /** Says that it is over, and why, if it had begun. */
  sayEnded(reason: EndReason): void {
    if (this.#liveSinceMs === undefined) return;
    const duration = spokenDuration(Date.now() - this.#liveSinceMs);
    this.#conversation.notice(sessionEndedNotice(duration, reason.kind === 'failed' ? reason.failure : undefined));
  }
}
