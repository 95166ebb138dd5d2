// One session on one socket, from setupComplete to the close: what the client says goes in, cues go to the responder, and
// what the responder wants comes out as the service would send it.
import type { ConnectionRecord } from '../api/record.ts';
import type { Actions, Delivery, ToolCall } from '../script/actions.ts';
import { perform, type Stage } from '../script/perform.ts';
import type { Cue, Responder } from '../script/responder.ts';
import type { ClientMessage } from '../wire/client-message.ts';
import type { JsonObject } from '../wire/json-value.ts';
import { readClientContent, readRealtimeInput, readToolResponse, type Picture } from '../wire/message-rules.ts';
import type { Outlet } from '../wire/outlet.ts';
import { invalidArgument, type CloseReason } from '../wire/reasons.ts';
import { Announcements } from './announcements.ts';
import type { Conversation } from './conversation.ts';
import type { HandleStore } from './handles.ts';
import { Hearing, type Utterance } from './hearing.ts';
import { OpenTurn } from './open-turn.ts';
import type { Random } from './random.ts';
import type { ReplyRecord } from './reply-record.ts';
import type { SessionConfig } from './session-config.ts';
import { OUTPUT_RATE_HZ, Speaking } from './speaking.ts';
import { UnderstoodSpeech } from './understood-speech.ts';

/** Turns that wait while the service may not be interrupted. */
const WAITING_TURNS_LIMIT = 20;

export interface SessionParts {
  config: SessionConfig;
  conversation: Conversation;
  record: ConnectionRecord;
  outlet: Outlet;
  responder: Responder;
  handles: HandleStore;
  random: Random;
  delivery: Delivery;
  close(reason: CloseReason): void;
}

export class LiveSession {
  readonly #parts: SessionParts;
  readonly #hearing: Hearing;
  readonly #speaking: Speaking;
  readonly #announcements: Announcements;
  readonly #understood: UnderstoodSpeech;
  readonly #stage: Stage;
  readonly #timers = new Set<NodeJS.Timeout>();
  #waitingTurns: Cue[] = [];
  #awaitsHistory: boolean;
  readonly #openTurn: OpenTurn;
  #hasBegun = false;

  static async create(parts: SessionParts): Promise<LiveSession> {
    // The hearing reports to the session, which does not exist while the detector loads: nothing is heard before.
    const made: { session?: LiveSession } = {};
    const hearing = await Hearing.create(parts.config.realtimeInput, parts.config.service, {
      onSpeechStarted: (startSample) => {
        if (made.session) made.session.#onSpeechStarted(startSample);
      },
      onUtterance: (utterance) => {
        if (made.session) made.session.#onUtterance(utterance);
      },
    });
    return (made.session = new LiveSession(parts, hearing));
  }

  private constructor(parts: SessionParts, hearing: Hearing) {
    const { outlet, record } = parts;
    this.#parts = parts;
    this.#hearing = hearing;
    this.#announcements = new Announcements(parts);
    this.#understood = new UnderstoodSpeech(parts);
    this.#awaitsHistory = parts.config.initialHistory;
    this.#openTurn = new OpenTurn(parts);
    this.#speaking = new Speaking(parts.config, parts.random, {
      send: (message) => outlet.send(message),
      usage: (reply) => this.#announcements.usage(reply),
      perform: (actions) => this.perform(actions),
      onStarted: (reply) => this.#onReplyStarted(reply),
      onFirstAudio: () => this.#understood.send(),
      onGenerationComplete: (reply) => record.note({ type: 'generation-complete', reply }),
      onEnded: (reply) => this.#onReplyEnded(reply),
    });
    this.#stage = {
      outlet,
      startReply: (reply) => this.#speaking.start(reply, parts.delivery),
      interrupt: () => this.#interrupt(),
      callTools: (calls) => this.#callTools(calls),
      cancelTools: (ids) => this.#cancelTools(ids),
      giveHandle: () => this.#announcements.handleNow(),
      close: (reason) => parts.close(reason),
      later: (delayMs, action) => this.later(delayMs, action),
    };
    record.attach(hearing, this.#speaking.replies);
  }

  /** Sends setupComplete and lets the responder begin. */
  begin(resumed: boolean): void {
    this.#parts.outlet.send({ setupComplete: {} });
    this.#parts.record.note({ type: 'setup-complete', resumed });
    this.#cue({ kind: 'setup', resumed });
  }

  /** @throws Violation where the message breaks a rule */
  receive(message: Exclude<ClientMessage, { kind: 'setup' }>): void {
    switch (message.kind) {
      case 'realtimeInput':
        return this.#onRealtimeInput(message.realtimeInput);
      case 'clientContent':
        return this.#onClientContent(message.clientContent);
      case 'toolResponse':
        return this.#onToolResponse(message.toolResponse);
      case 'contextUpdate':
        // Only Vertex knows it at all (newer-fields.ts); nothing a script tells depends on what it says.
        if (!this.#parts.config.model.contextUpdate) throw invalidArgument();
        return;
    }
  }

  perform(actions: Actions): void {
    perform(actions, this.#stage);
  }

  later(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#speaking.dispose();
    this.#hearing.dispose();
  }

  #onRealtimeInput(json: JsonObject): void {
    const { record, conversation } = this.#parts;
    const input = readRealtimeInput(json, this.#hearing.automatic);
    this.#hasBegun = true;
    if (input.activityStart) this.#hearing.activityStart();
    if (input.audio) record.noteAudio(this.#hearing.push(input.audio.bytes, input.audio.rateHz));
    if (input.picture) {
      conversation.addPicture(input.picture.widthPx, input.picture.heightPx);
      this.#onPicture(input.picture);
    }
    if (input.activityEnd) this.#hearing.activityEnd();
    if (input.audioStreamEnd) this.#hearing.audioStreamEnd();
    if (input.text !== undefined) this.#onText(input.text, 'realtimeInput');
  }

  #onClientContent(json: JsonObject): void {
    const { config, conversation, record } = this.#parts;
    const { turns, turnComplete, userText, pictures } = readClientContent(json);
    if (this.#awaitsHistory) {
      // Initial history does not call the model; it ends with turnComplete (SDK, HistoryConfig).
      if (turnComplete) this.#awaitsHistory = false;
      if (userText !== '') conversation.addText('user', userText);
      return;
    }
    if (this.#hasBegun && config.model.clientContent === 'initial-history-only') throw invalidArgument();
    this.#hasBegun = true;
    // "A message here will interrupt any current model generation" (proto, BidiGenerateContentClientContent).
    this.#interrupt();
    for (const picture of pictures) {
      conversation.addPicture(picture.widthPx, picture.heightPx);
      this.#onPicture(picture);
    }
    if (!turnComplete) {
      this.#openTurn.open();
      record.note({ type: 'context', text: userText });
      if (userText !== '') conversation.addText('user', userText);
      return;
    }
    // Without turns it ends the one that was left open.
    if (turns.length === 0) return this.#takeTurn(this.#openTurn.end() ?? { kind: 'prompt' });
    this.#openTurn.supersede();
    this.#onText(userText, 'clientContent');
  }

  #onToolResponse(json: JsonObject): void {
    const { config, conversation, record } = this.#parts;
    const responses = readToolResponse(json, config.model);
    record.toolCalls.answer(responses);
    for (const { response } of responses) conversation.addText('user', JSON.stringify(response), 'tool');
    record.note({ type: 'tool-response', responses });
    this.#cue({ kind: 'tool-response', responses });
    if (!this.#speaking.active && !this.#announcements.isThinking) this.#announcements.handle();
  }

  #onText(text: string, via: 'realtimeInput' | 'clientContent'): void {
    this.#parts.conversation.addText('user', text);
    this.#parts.record.note({ type: 'text', text, via });
    this.#withdrawCalls();
    this.#takeTurn({ kind: 'text', text });
  }

  #onPicture(picture: Picture): void {
    this.#parts.record.notePicture(picture);
    this.#cue({ kind: 'picture', picture });
  }

  #onSpeechStarted(startSample: number): void {
    const { config, record } = this.#parts;
    record.note({ type: 'speech-started', startSample });
    this.#announcements.voiceActivity('start');
    this.#withdrawCalls();
    if (config.interruptible) this.#interrupt();
    this.#cue({ kind: 'speech-started' });
  }

  #onUtterance(utterance: Utterance): void {
    this.#parts.record.noteUtterance(utterance);
    this.#announcements.voiceActivity('end');
    this.#takeTurn({ kind: 'speech', utterance });
  }

  /** A finished turn of the user. Where the service may not be interrupted it waits for the end of the reply. */
  #takeTurn(cue: Cue): void {
    if (this.#openTurn.withholds(cue)) return;
    if (this.#speaking.active && !this.#parts.config.interruptible) {
      if (this.#waitingTurns.length < WAITING_TURNS_LIMIT) this.#waitingTurns.push(cue);
      return;
    }
    if (this.#parts.config.interruptible) this.#interrupt();
    this.#cue(cue);
  }

  #cue(cue: Cue): void {
    const { conversation, record, responder } = this.#parts;
    // A speech stands in the history before it is answered; what was understood of it is known only afterwards.
    const reaction = responder.react(cue, conversation);
    if (cue.kind === 'speech') {
      conversation.addSpeech('user', reaction?.hear ?? '', cue.utterance.durationMs);
      this.#understood.owe(reaction?.hear, reaction?.reply !== undefined);
    }
    if (reaction) this.perform(reaction);
    else if (cue.kind === 'speech' || cue.kind === 'text' || cue.kind === 'prompt' || cue.kind === 'tool-response') {
      record.note({ type: 'unscripted', cue: cue.kind });
    }
  }

  #interrupt(): void {
    this.#announcements.thinkingInterrupted();
    const wasActive = this.#speaking.active;
    // With a turn under way its end is reported by onEnded; without one, the client was still playing the last.
    if (this.#speaking.interrupt() && !wasActive) this.#onInterrupted(this.#speaking.replies.at(-1));
  }

  #onInterrupted(reply: ReplyRecord | undefined): void {
    if (reply) this.#parts.record.note({ type: 'interrupted', reply });
    this.#cue({ kind: 'interrupted' });
  }

  #callTools(calls: readonly ToolCall[]): void {
    const issued = this.#parts.record.toolCalls.issue(calls);
    const functionCalls = issued.map(({ id, name, args }) => ({ id, name, args }));
    this.#parts.outlet.send({ toolCall: { functionCalls } });
    this.#parts.record.note({ type: 'tool-call', calls: issued });
    this.#announcements.notResumable();
  }

  #cancelTools(ids: true | readonly string[]): void {
    this.#parts.outlet.send({ toolCallCancellation: { ids: this.#parts.record.toolCalls.cancel(ids) } });
  }

  /** On Vertex a BLOCKING call is cancelled when new input arrives (docs/live-api.md, "Tool calls"). */
  #withdrawCalls(): void {
    const { config, record } = this.#parts;
    const ids = record.toolCalls.open.filter(({ name }) => config.withdrawnOnInput.has(name)).map(({ id }) => id);
    if (ids.length > 0) this.#cancelTools(ids);
  }

  #onReplyStarted(reply: ReplyRecord): void {
    this.#parts.record.note({ type: 'reply-started', reply });
    this.#announcements.turnBegins();
  }

  #onReplyEnded(reply: ReplyRecord): void {
    const { config, conversation, record } = this.#parts;
    this.#understood.send();
    const said = reply.transcript.map(({ text }) => text).join('');
    const spokenMs = (reply.sentSamples / OUTPUT_RATE_HZ) * 1000;
    if (config.modality === 'TEXT') conversation.addText('model', said);
    else conversation.addSpeech('model', reply.state === 'interrupted' ? said : reply.text, spokenMs);
    conversation.compress(config.compression);
    this.#announcements.turnEnds(reply);
    if (reply.state === 'interrupted') {
      this.#onInterrupted(reply);
    } else {
      record.note({ type: 'reply-finished', reply });
      this.#cue({ kind: 'reply-finished' });
    }
    const waiting = this.#waitingTurns.shift();
    if (waiting) this.#takeTurn(waiting);
  }
}
