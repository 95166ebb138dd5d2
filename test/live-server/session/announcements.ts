// What the service says about itself beside the conversation: usage, resumption, activity, status.
import type { ConnectionRecord } from '../api/record.ts';
import type { JsonObject } from '../wire/json-value.ts';
import type { Outlet } from '../wire/outlet.ts';
import type { Conversation } from './conversation.ts';
import type { HandleStore } from './handles.ts';
import type { Random } from './random.ts';
import type { ReplyRecord } from './reply-record.ts';
import type { SessionConfig } from './session-config.ts';
import { OUTPUT_RATE_HZ } from './speaking.ts';
import { usageMetadata } from './usage.ts';

const CHARACTERS_PER_TOKEN = 4;
/** A short thought summary, where the setup includes thoughts. */
const THOUGHT_TOKENS = 12;

interface Sources {
  config: SessionConfig;
  conversation: Conversation;
  record: ConnectionRecord;
  outlet: Outlet;
  handles: HandleStore;
  random: Random;
}

export class Announcements {
  readonly #sources: Sources;
  #isThinking = false;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /**
   * Vertex sends both kinds of signal to clients that ask with explicitVadSignal; `type` is the wire name
   * (docs/live-api.md, "Hearing the person").
   */
  voiceActivity(edge: 'start' | 'end'): void {
    const { config, outlet } = this.#sources;
    if (!config.sendsVadSignals) return;
    const isStart = edge === 'start';
    outlet.send({ voiceActivityDetectionSignal: { vadSignalType: `VAD_SIGNAL_TYPE_${isStart ? 'SOS' : 'EOS'}` } });
    outlet.send({ voiceActivity: { type: `ACTIVITY_${isStart ? 'START' : 'END'}` } });
  }

  /** The model thinks after a turn that only filled the time. */
  get isThinking(): boolean {
    return this.#isThinking;
  }

  turnBegins(): void {
    this.#isThinking = false;
    this.#interactionStatus('IN_PROGRESS');
    this.notResumable();
  }

  turnEnds({ thinksOn, state }: ReplyRecord): void {
    this.#isThinking = thinksOn && state !== 'interrupted' && this.#sources.config.model.interactionStatus;
    this.#interactionStatus(this.#isThinking ? 'IN_PROGRESS' : 'IDLE');
    if (this.#isThinking) this.notResumable();
    else this.handle();
  }

  /** Nothing will come of what the model was thinking about. */
  thinkingInterrupted(): void {
    if (!this.#isThinking) return;
    this.#isThinking = false;
    this.#sources.record.note({ type: 'thinking-interrupted' });
    this.#interactionStatus('IDLE');
    this.handle();
  }

  /** Where it stands on the wire is not known: Google shows both (docs/live-api.md, "What the service sends"). */
  #interactionStatus(interactionStatus: 'IN_PROGRESS' | 'IDLE'): void {
    const { config, outlet, random } = this.#sources;
    if (!config.model.interactionStatus) return;
    outlet.send(random.chance(0.5) ? { interactionStatus } : { serverContent: { interactionStatus } });
  }

  /** While it generates or a tool runs the session cannot be resumed: an update without handle. */
  notResumable(): void {
    const { config, outlet } = this.#sources;
    if (config.resumable) outlet.send({ sessionResumptionUpdate: {} });
  }

  /** A fresh handle, unless a tool is still running. Unasked, the 3.8 models say only that they could be resumed. */
  handle(): void {
    if (this.#sources.record.toolCalls.open.length === 0) this.handleNow();
  }

  /** A fresh handle, whatever is still running: who resumes with it may answer the calls that are open now. */
  handleNow(): void {
    const { config, conversation, handles, outlet, record } = this.#sources;
    if (config.resumable) {
      const openCalls = record.toolCalls.open;
      const newHandle = handles.issue(record, config.service, { conversation, openCalls });
      outlet.send({ sessionResumptionUpdate: { newHandle, resumable: true } });
      record.note({ type: 'handle', handle: newHandle });
    } else if (config.model.sendsUnasked) {
      outlet.send({ sessionResumptionUpdate: { resumable: true } });
    }
  }

  /** For the reply as far as it was sent. */
  usage(reply: ReplyRecord): JsonObject {
    const { config, conversation, random } = this.#sources;
    const characters = reply.transcript.reduce((sum, { text }) => sum + text.length, 0);
    const amount = {
      audioMs: (reply.sentSamples / OUTPUT_RATE_HZ) * 1000,
      textTokens: Math.ceil(characters / CHARACTERS_PER_TOKEN),
      thoughtTokens: config.includesThoughts ? THOUGHT_TOKENS : 0,
    };
    return usageMetadata(conversation, amount, config.service, random);
  }
}
