import * as vscode from 'vscode';
import type { LiveSession } from '../../live/session.ts';
import type { SessionState } from '../../live/session-events.ts';
import type { StillFailedMessage, StillMessage } from '../../protocol/messages.ts';
import type { StillFailure } from '../../protocol/picture.ts';
import type { SurfaceHub } from '../../surface/hub.ts';
import type { OutgoingPictures } from './outgoing-pictures.ts';
import { Requests } from './requests.ts';

/** What became of a picture that was to be shown once. */
export type StillOutcome = 'sent' | StillFailure | 'no-session' | 'no-line' | 'no-view';

export interface PictureFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** A large drawing takes seconds to be rendered. */
const PREPARE_WAIT_MS = 20_000;
/** A session that waits for its quota waits a minute. */
const SEND_WAIT_MS = 120_000;

/** What a file is called goes into a sentence to the model: nothing in it may look like more than a name. */
const NO_NAME = /[\p{Cc}\p{Cf}"[\]]/gu;
const MAX_NAME_LENGTH = 120;

/** Single pictures: from a file, pasted, dropped. Each is sent once, as sharp as the service takes it, with its name. */
export class Stills implements vscode.Disposable {
  readonly #hub: Pick<SurfaceHub, 'postToOne' | 'on'>;
  readonly #outgoing: OutgoingPictures;
  readonly #requests = new Requests<StillMessage | StillFailedMessage>(PREPARE_WAIT_MS);
  readonly #pasted = new vscode.EventEmitter<StillMessage>();
  readonly #failed = new vscode.EventEmitter<{ readonly name: string; readonly reason: StillOutcome }>();
  readonly #listeners: readonly vscode.Disposable[];
  /** The person pasted or dropped a picture, which is ready to be sent. */
  readonly onDidPaste = this.#pasted.event;
  /** A picture that was pasted or dropped could not be shown. */
  readonly onDidFail = this.#failed.event;

  constructor(hub: Pick<SurfaceHub, 'postToOne' | 'on'>, outgoing: OutgoingPictures) {
    this.#hub = hub;
    this.#outgoing = outgoing;
    this.#listeners = [
      hub.on('still', (message) => {
        if (message.request === undefined) this.#pasted.fire(message);
        else this.#requests.answer(message.request, message);
      }),
      hub.on('stillFailed', (message) => {
        if (message.request === undefined) this.fail(message.name, message.reason);
        else this.#requests.answer(message.request, message);
      }),
    ];
  }

  /** Lets a surface make a picture that the service takes out of a file. */
  async prepare(file: PictureFile): Promise<StillMessage | StillFailure | 'no-view'> {
    const answer = await this.#requests.ask((request) =>
      this.#hub.postToOne('panel', { type: 'prepareStill', request, ...file }),
    );
    if (answer === undefined) return 'no-view';
    return answer.type === 'stillFailed' ? answer.reason : answer;
  }

  async send(
    session: LiveSession | undefined,
    { name: fileName, jpeg, widthPx, heightPx }: StillMessage,
  ): Promise<StillOutcome> {
    if (session === undefined) return 'no-session';
    const name = fileName.replace(NO_NAME, ' ').trim().slice(0, MAX_NAME_LENGTH);
    const cancelled = new AbortController();
    const isWanted = (): boolean => !cancelled.signal.aborted;
    const facts = { source: 'still', name, widthPx, heightPx, changed: true } as const;
    const dropped = (): void => cancelled.abort();
    const picture = this.#outgoing.make({ ...facts, jpeg, ageMs: 0, isWanted, dropped });
    const ends = ({ kind }: SessionState): void => {
      if (kind === 'ended') cancelled.abort();
    };
    session.on('state', ends);
    const sent = this.#outgoing.untilSent(picture, SEND_WAIT_MS, cancelled.signal);
    const about = `The person has shown you a single picture, "${name}" (${widthPx} x ${heightPx} pixels).`;
    if (!session.sendStill(picture, about)) cancelled.abort();
    const wasSent = await sent;
    session.off('state', ends);
    if (wasSent) return 'sent';
    cancelled.abort();
    return session.state.kind === 'ended' ? 'no-session' : 'no-line';
  }

  /** Says that a pasted or dropped picture could not be shown. */
  fail(name: string, reason: StillOutcome): void {
    this.#failed.fire({ name, reason });
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#requests.cancelAll();
    this.#pasted.dispose();
    this.#failed.dispose();
  }
}
