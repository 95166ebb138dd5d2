// The service's own turn: one reply at a time, generated, played, interrupted.
import { speak, type Speech } from '../audio/speak.ts';
import type { Actions, Delivery, Reply, UsagePlace } from '../script/actions.ts';
import type { JsonObject } from '../wire/json-value.ts';
import type { Random } from './random.ts';
import { ReplyPlayer } from './reply-player.ts';
import { newReply, type ReplyRecord } from './reply-record.ts';
import { planReply, type PlannedMessage } from './reply-schedule.ts';
import type { SessionConfig } from './session-config.ts';

export const OUTPUT_RATE_HZ = 24_000;
/** How often interrupted and turnComplete share a message, where that is allowed. */
const COMBINE_CHANCE = 0.25;

export interface SpeakingEvents {
  send(message: JsonObject): void;
  /** usageMetadata for the reply as far as it got; asked for once a turn. */
  usage(reply: ReplyRecord): JsonObject;
  perform(actions: Actions): void;
  onStarted(reply: ReplyRecord): void;
  onFirstAudio(reply: ReplyRecord): void;
  onGenerationComplete(reply: ReplyRecord): void;
  /** The turn is over: its turnComplete went out, after an interruption or not. */
  onEnded(reply: ReplyRecord): void;
}

interface Turn {
  reply: ReplyRecord;
  delivery: Delivery;
  during: (Actions & { afterAudioMs: number })[];
  turnCompleteReason: string | undefined;
  usageSent: boolean;
  player: ReplyPlayer | undefined;
}

export class Speaking {
  readonly replies: ReplyRecord[] = [];
  readonly #config: SessionConfig;
  readonly #random: Random;
  readonly #events: SpeakingEvents;
  #turn: Turn | undefined;
  /** After an early turnComplete the client still plays until then (performance.now()). */
  #clientPlaysUntilMs = 0;

  constructor(config: SessionConfig, random: Random, events: SpeakingEvents) {
    this.#config = config;
    this.#random = random;
    this.#events = events;
  }

  get active(): boolean {
    return this.#turn !== undefined;
  }

  /** Starts a reply; one under way is interrupted first. */
  start(reply: Reply, delivery: Delivery): void {
    this.interrupt();
    const text = 'say' in reply ? reply.say : (reply.transcript ?? '');
    const record = newReply(this.replies.length, text, reply.thinksOn);
    this.replies.push(record);
    const turn: Turn = {
      reply: record,
      delivery: { ...delivery, ...reply.delivery },
      during: [...(reply.during ?? [])],
      turnCompleteReason: reply.turnCompleteReason,
      usageSent: false,
      player: undefined,
    };
    this.#turn = turn;
    this.#events.onStarted(record);
    const preparedFromMs = performance.now();
    void this.#synthesise(reply).then((speech) => {
      // Interrupted or closed while the words were being synthesised.
      if (this.#turn !== turn) return;
      this.#play(turn, reply, speech, preparedFromMs);
    });
  }

  /** @returns whether there was anything to interrupt, on this side or the client's */
  interrupt(): boolean {
    const turn = this.#turn;
    if (!turn) {
      if (performance.now() >= this.#clientPlaysUntilMs) return false;
      this.#clientPlaysUntilMs = 0;
      this.#events.send({ serverContent: { interrupted: true } });
      const last = this.replies.at(-1);
      if (last) last.interruptedAtMs = performance.now();
      return true;
    }
    turn.player?.stop();
    turn.reply.interruptedAtMs = performance.now();
    turn.reply.state = 'interrupted';
    if (turn.delivery.combine && this.#random.chance(COMBINE_CHANCE)) {
      this.#complete(turn, { interrupted: true });
    } else {
      this.#events.send({ serverContent: { interrupted: true } });
      this.#complete(turn, {});
    }
    return true;
  }

  dispose(): void {
    this.#turn?.player?.stop();
    if (this.#turn) this.#turn.reply.state = 'abandoned';
    this.#turn = undefined;
  }

  async #synthesise(reply: Reply): Promise<Speech> {
    const none: Speech = { pcm16: new Int16Array(0), rateHz: OUTPUT_RATE_HZ, words: [] };
    if ('audio' in reply) {
      const text = reply.transcript ?? '';
      const words = text === '' ? [] : [{ text, startSample: 0, endSample: reply.audio.length }];
      return { pcm16: reply.audio, rateHz: OUTPUT_RATE_HZ, words };
    }
    if (reply.say === '' || this.#config.modality === 'TEXT') return none;
    const voice = reply.voice ?? this.#config.voice;
    return speak(reply.say, { rateHz: OUTPUT_RATE_HZ, ...(voice === undefined ? {} : { voice }) });
  }

  #play(turn: Turn, reply: Reply, speech: Speech, preparedFromMs: number): void {
    turn.reply.pcm16 = speech.pcm16;
    turn.reply.words = speech.words;
    const plan = planReply(speech, turn.reply.text, {
      delivery: turn.delivery,
      modality: this.#config.modality,
      severalParts: this.#config.model.severalParts,
      transcribed: this.#config.transcribesOutput,
      thought: this.#config.includesThoughts ? reply.think : undefined,
      random: this.#random,
    });
    const waitedMs = performance.now() - preparedFromMs;
    const delayMs = Math.max(0, turn.delivery.firstAudioDelayMs - waitedMs);
    turn.player = new ReplyPlayer(plan, delayMs, (message) => this.#send(turn, message));
  }

  #send(turn: Turn, message: PlannedMessage): void {
    const { reply } = turn;
    const nowMs = performance.now();
    switch (message.kind) {
      case 'empty':
        return this.#events.send({});
      case 'content': {
        reply.state = 'generating';
        if (message.transcript !== undefined) reply.transcript.push({ atMs: nowMs, text: message.transcript });
        if (message.audio) {
          reply.frames.push({ atMs: nowMs, ...message.audio });
          reply.sentSamples = message.audio.startSample + message.audio.samples;
        }
        const usage = message.last === true ? this.#usageWith(turn, 'last-content') : {};
        this.#events.send({ serverContent: message.content, ...usage });
        if (!message.audio) return;
        if (reply.firstAudioAtMs === undefined) {
          reply.firstAudioAtMs = nowMs;
          this.#events.onFirstAudio(reply);
        }
        return this.#performDuring(turn);
      }
      case 'generation-complete': {
        reply.generationCompleteAtMs = nowMs;
        reply.state = 'playing';
        this.#events.send({
          serverContent: { generationComplete: true },
          ...this.#usageWith(turn, 'generation-complete'),
        });
        return this.#events.onGenerationComplete(reply);
      }
      case 'turn-complete': {
        if (turn.delivery.turnComplete === 'early') {
          const durationMs = (reply.pcm16.length / OUTPUT_RATE_HZ) * 1000;
          this.#clientPlaysUntilMs = (reply.firstAudioAtMs ?? nowMs) + durationMs;
        }
        reply.state = 'finished';
        return this.#complete(turn, {});
      }
    }
  }

  #performDuring(turn: Turn): void {
    const sentMs = (turn.reply.sentSamples / OUTPUT_RATE_HZ) * 1000;
    const due = turn.during.filter(({ afterAudioMs }) => afterAudioMs <= sentMs);
    turn.during = turn.during.filter(({ afterAudioMs }) => afterAudioMs > sentMs);
    for (const actions of due) this.#events.perform(actions);
  }

  #complete(turn: Turn, content: JsonObject): void {
    const ownUsage = this.#usageWith(turn, 'own-message');
    if (Object.keys(ownUsage).length > 0) this.#events.send(ownUsage);
    const reason = turn.turnCompleteReason === undefined ? {} : { turnCompleteReason: turn.turnCompleteReason };
    this.#events.send({
      serverContent: { ...content, turnComplete: true, ...reason },
      ...this.#usageWith(turn, 'turn-complete'),
    });
    turn.reply.turnCompleteAtMs = performance.now();
    this.#turn = undefined;
    this.#events.onEnded(turn.reply);
  }

  /** Usage comes once a turn: with the chosen message, or at the latest with turnComplete. */
  #usageWith(turn: Turn, place: UsagePlace): JsonObject {
    const { usage } = turn.delivery;
    const chosen = usage === place || (usage === 'mixed' && this.#random.chance(1 / 4)) || place === 'turn-complete';
    if (turn.usageSent || !chosen) return {};
    turn.usageSent = true;
    return { usageMetadata: this.#events.usage(turn.reply) };
  }
}
