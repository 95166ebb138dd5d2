// One WebSocket from its first frame to its last: key, setup first and only once, then the session.
import type { RawData, WebSocket } from 'ws';
import type { LiveAddress } from '../api/gate.ts';
import type { ConnectionRecord } from '../api/record.ts';
import { speak } from '../audio/speak.ts';
import type { Actions, Delivery } from '../script/actions.ts';
import { spokenTexts } from '../script/spoken-texts.ts';
import type { Responder } from '../script/responder.ts';
import type { ConnectionScript, TimedStep } from '../script/script.ts';
import { readClientMessage } from '../wire/client-message.ts';
import type { JsonObject } from '../wire/json-value.ts';
import type { LiveModel } from '../wire/models.ts';
import { Outlet } from '../wire/outlet.ts';
import { invalidArgument, Violation, type CloseReason } from '../wire/reasons.ts';
import { checkSetup, modelOf } from '../wire/setup-rules.ts';
import { Conversation } from './conversation.ts';
import type { HandleStore } from './handles.ts';
import { LiveSession } from './live-session.ts';
import type { Random } from './random.ts';
import { readSessionConfig } from './session-config.ts';

/** Frames a client may send before its setup is answered; the real service takes them too. */
const EARLY_FRAMES_LIMIT = 1_000;

export interface ConnectionParts {
  socket: WebSocket;
  address: LiveAddress;
  /** Answers the first message; undefined when the credentials are good. */
  refusal: CloseReason | undefined;
  record: ConnectionRecord;
  responder: Responder;
  timedSteps: readonly TimedStep[];
  script: ConnectionScript;
  delivery: Delivery;
  models: readonly LiveModel[];
  handles: HandleStore;
  random: Random;
  nowMs: () => number;
}

export class LiveConnection {
  readonly record: ConnectionRecord;
  readonly #parts: ConnectionParts;
  readonly #outlet: Outlet;
  #session: LiveSession | undefined;
  #setupSeen = false;
  #early: string[] = [];
  #closedBy: 'client' | 'server' = 'client';

  constructor(parts: ConnectionParts) {
    const { socket, record, script } = parts;
    this.#parts = parts;
    this.record = record;
    this.#outlet = new Outlet(socket, (message) => record.noteSent(message));
    record.isOpen = () => this.#outlet.open;
    socket.on('message', (data) => this.#onFrame(data));
    socket.on('close', (code, reason) => this.#onClosed(code, reason.toString('utf8')));
    // An error is always followed by 'close', which is recorded.
    socket.on('error', () => undefined);
    if (typeof script.setup === 'object' && 'closeAtOnce' in script.setup) this.close(script.setup.closeAtOnce);
  }

  /** Setup is done and neither side has begun to close. */
  get ready(): boolean {
    return this.#session !== undefined && this.#outlet.open;
  }

  /** Bytes written that the client has not taken yet. */
  get bufferedBytes(): number {
    return this.#outlet.bufferedBytes;
  }

  /**
   * Does something now, as a script's step would.
   * @throws before setupComplete, but for `close` and `terminate`
   */
  act(actions: Actions): void {
    if (this.#session) return this.#session.perform(actions);
    if (actions.terminate === true) return this.close({ code: 1006, reason: '' });
    if (!actions.close) throw new Error('the session is not set up yet');
    this.close(actions.close);
  }

  /** 1005 closes without a code, 1006 without a close frame. */
  close(reason: CloseReason): void {
    this.#closedBy = 'server';
    this.#session?.dispose();
    if (reason.code === 1006) this.#outlet.terminate();
    else if (reason.code === 1005) this.#parts.socket.close();
    else this.#outlet.close(reason);
  }

  terminate(): void {
    this.#closedBy = 'server';
    this.#session?.dispose();
    this.#outlet.terminate();
  }

  #onFrame(data: RawData): void {
    // ws gives a Buffer unless its binaryType is changed, which it is not.
    const text = (data as Buffer).toString('utf8');
    if (!this.#outlet.open) return;
    this.#orViolation(() => {
      if (this.#parts.refusal) throw new Violation(this.#parts.refusal.code, this.#parts.refusal.reason);
      if (this.#setupSeen && !this.#session) {
        if (this.#early.push(text) > EARLY_FRAMES_LIMIT) throw invalidArgument();
        return;
      }
      this.#receive(text);
    });
  }

  #receive(text: string): void {
    const { json, message } = readClientMessage(text, this.#parts.address.service);
    this.record.noteReceived(json);
    if (message.kind === 'setup') {
      if (this.#setupSeen) throw invalidArgument();
      this.#setupSeen = true;
      this.#setUp(json, message.setup);
      return;
    }
    // Setup comes "in the first (and only in the first)" message (proto, BidiGenerateContentSetup).
    if (!this.#session) throw invalidArgument();
    this.#session.receive(message);
  }

  #setUp(json: JsonObject, setup: JsonObject): void {
    const { address, models, handles, script, record } = this.#parts;
    // The setup as it came: readClientMessage has found it to be an object.
    record.setup = json['setup'] as JsonObject;
    record.note({ type: 'setup', setup: record.setup });
    if (script.setup === 'never') return;
    if (typeof script.setup === 'object') {
      if ('close' in script.setup) return this.close(script.setup.close);
      if ('terminate' in script.setup) return this.close({ code: 1006, reason: '' });
    }
    const model = modelOf(setup, models, address.service, address.apiVersion);
    checkSetup(setup, model, address.service);
    const config = readSessionConfig(setup, model, address.service);
    const { conversation, openCalls } =
      config.handle === undefined
        ? { conversation: new Conversation(model.name), openCalls: [] }
        : handles.resume(config.handle, address.service, model.name);
    record.toolCalls.takeOver(openCalls);
    void this.#begin(config, conversation);
  }

  async #begin(config: ReturnType<typeof readSessionConfig>, conversation: Conversation): Promise<void> {
    const { record, responder, handles, random, delivery, timedSteps, script } = this.#parts;
    // The server has spoken them in its default voice already (LiveServer.listen).
    if (config.voice !== undefined) {
      for (const { text, voice = config.voice } of spokenTexts(script)) await speak(text, { voice });
    }
    const session = await LiveSession.create({
      config,
      conversation,
      record,
      outlet: this.#outlet,
      responder,
      handles,
      random,
      delivery,
      close: (reason) => this.close(reason),
    });
    if (!this.#outlet.open) {
      session.dispose();
      return;
    }
    this.#session = session;
    for (const { at, ...actions } of timedSteps) session.later(at, () => session.perform(actions));
    session.begin(config.handle !== undefined);
    for (const text of this.#early.splice(0)) this.#orViolation(() => this.#receive(text));
  }

  #orViolation(receive: () => void): void {
    try {
      receive();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      this.record.note({ type: 'violation', close: error.close });
      this.close(error.close);
    }
  }

  #onClosed(code: number, reason: string): void {
    this.#session?.dispose();
    this.record.noteClosed(code, reason, this.#closedBy, this.#parts.nowMs());
  }
}
