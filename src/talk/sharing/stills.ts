import * as vscode from 'vscode';
import type { LiveSession } from '../../live/session.ts';
import type { PrepareStillMessage, StillFailedMessage, StillMessage } from '../../protocol/messages.ts';
import type { StillFailure } from '../../protocol/picture.ts';
import type { OutgoingPictures } from './outgoing-pictures.ts';
import { Requests } from './requests.ts';

/** What became of a picture that was to be shown once. */
export type StillOutcome = 'sent' | StillFailure | 'no-session' | 'no-line' | 'no-view';

export interface PictureFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

interface StillsOptions {
  readonly outgoing: OutgoingPictures;
  /** Asks a surface to turn a file into a picture that the service takes; false when there is none to ask. */
  prepare(message: PrepareStillMessage): boolean;
  /** The session that runs; begins one where none does. Nothing when that did not come about. */
  session(): Promise<LiveSession | undefined>;
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
  readonly #options: StillsOptions;
  readonly #requests = new Requests<StillMessage | StillFailedMessage>(PREPARE_WAIT_MS);
  readonly #failed = new vscode.EventEmitter<{ readonly name: string; readonly reason: StillOutcome }>();
  /** A picture that was pasted or dropped could not be shown. */
  readonly onDidFail = this.#failed.event;

  constructor(options: StillsOptions) {
    this.#options = options;
  }

  async show(file: PictureFile): Promise<StillOutcome> {
    const answer = await this.#requests.ask((request) =>
      this.#options.prepare({ type: 'prepareStill', request, ...file }),
    );
    if (answer === undefined) return 'no-view';
    return answer.type === 'stillFailed' ? answer.reason : this.#send(answer);
  }

  /** What a surface made of a file that it was asked for, or that the person pasted or dropped there. */
  receive(message: StillMessage | StillFailedMessage): void {
    if (message.request !== undefined) this.#requests.answer(message.request, message);
    else if (message.type === 'stillFailed') this.#failed.fire({ name: message.name, reason: message.reason });
    else void this.#sendPasted(message);
  }

  dispose(): void {
    this.#requests.giveUp();
    this.#failed.dispose();
  }

  async #sendPasted(message: StillMessage): Promise<void> {
    const reason = await this.#send(message);
    if (reason !== 'sent') this.#failed.fire({ name: message.name, reason });
  }

  async #send({ name: fileName, jpeg, widthPx, heightPx }: StillMessage): Promise<StillOutcome> {
    const session = await this.#options.session();
    if (session === undefined) return 'no-session';
    const name = fileName.replace(NO_NAME, ' ').trim().slice(0, MAX_NAME_LENGTH);
    const givenUp = new AbortController();
    const isWanted = (): boolean => !givenUp.signal.aborted;
    const facts = { source: 'still', name, widthPx, heightPx, changed: true } as const;
    const dropped = (): void => givenUp.abort();
    const picture = this.#options.outgoing.make({ ...facts, jpeg, ageMs: 0, isWanted, dropped });
    session.on('state', ({ kind }) => {
      if (kind === 'ended') givenUp.abort();
    });
    const sent = this.#options.outgoing.untilSent(picture, SEND_WAIT_MS, givenUp.signal);
    const about = `The person has shown you a single picture, "${name}" (${widthPx} x ${heightPx} pixels).`;
    if (!session.sendStill(picture, about)) givenUp.abort();
    if (await sent) return 'sent';
    givenUp.abort();
    return session.state.kind === 'ended' ? 'no-session' : 'no-line';
  }
}
