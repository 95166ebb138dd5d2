import type { LiveLog } from './log.ts';
import type { LiveEvent } from './wire/live-event.ts';
import type { ModelCapabilities } from './models.ts';
import { NoteSender } from './notes/note-sender.ts';
import type { LivePicture } from './uplink/picture-queue.ts';
import type { LiveSettings } from './settings.ts';
import { SpeechDetector } from './uplink/speech-detector.ts';
import { PendingSpeech } from './uplink/pending-speech.ts';
import { Stills } from './uplink/stills.ts';
import type { LiveTimings } from './timings.ts';
import type { ToolCall } from './tool-call.ts';
import { ToolCalls } from './tool-calls/tool-calls.ts';
import { Uplink, type UplinkSink } from './uplink/uplink.ts';

export interface OutboundOptions {
  readonly settings: LiveSettings;
  readonly capabilities: ModelCapabilities;
  readonly timings: LiveTimings;
  readonly log: LiveLog;
  readonly onPictureSent: (picture: LivePicture) => void;
  readonly onSpeech: (speaking: boolean) => void;
  /** Returns whether somebody took the call. */
  readonly onToolCall: (call: ToolCall) => boolean;
  /** The model was asked something: an answer is due. */
  readonly onAsked: () => void;
  /** Of `hasWordsOnTheirWay`: no more, though nothing has come that shows why. */
  readonly onWordsGone: () => void;
}

/** What a new connection begins with. */
export interface NewConnection {
  readonly sink: UplinkSink;
  /** With the newest handle. */
  readonly resumed: boolean;
  /** Typed and not answered yet, oldest first. */
  readonly texts: readonly string[];
}

/** All that goes to the model, and what of it outlives a connection: speech, typed text, pictures, notes, answers of tools. */
export class Outbound {
  readonly #options: OutboundOptions;
  readonly #uplink: Uplink;
  readonly #detector: SpeechDetector;
  readonly #pendingSpeech: PendingSpeech;
  readonly #notes: NoteSender;
  readonly #calls: ToolCalls;
  readonly #stills = new Stills((topic) => this.#notes.tell(topic, undefined));
  #connected = false;
  #stillNumber = 0;
  #onceNumber = 0;

  constructor(options: OutboundOptions) {
    this.#options = options;
    const { settings, capabilities, timings, log, onPictureSent, onToolCall, onAsked, onWordsGone } = options;
    this.#uplink = new Uplink({
      log,
      microphonePauseMs: timings.microphonePauseMs,
      onPause: () => this.#heard(this.#detector.pause()),
      onPictureSent,
    });
    this.#detector = new SpeechDetector(settings.voiceActivity.silenceMs);
    this.#pendingSpeech = new PendingSpeech({ timings, onGone: onWordsGone });
    this.#calls = new ToolCalls({
      declared: new Map(settings.tools.map((tool) => [tool.name, tool])),
      scheduling: capabilities.scheduling,
      log,
      send: (control) => this.#uplink.pushControl(control),
      hand: onToolCall,
      note: ({ name, id }, text) => this.#notes.tell(`result of ${name} (${id})`, text, true),
      answered: (quiet) => this.#notes.callAnswered(quiet),
    });
    this.#notes = new NoteSender({
      capabilities,
      timings,
      openCalls: () => this.#calls.open,
      send: (control) => this.#uplink.pushControl(control),
      onAsked,
    });
  }

  /** The next typed text will stop what the model is saying. */
  get textInterrupts(): boolean {
    return this.#notes.textPath === 'clientContent';
  }

  /** The person speaks, or what they said may still be lost with this connection. */
  get hasWordsOnTheirWay(): boolean {
    return this.#pendingSpeech.isPending;
  }

  microphone(pcm16: Uint8Array): void {
    this.#uplink.pushAudio(pcm16);
    this.#heard(this.#detector.push(pcm16));
  }

  microphoneOff(): void {
    this.#uplink.endAudioStream();
  }

  /** On the connection there is. */
  text(text: string): void {
    this.#uplink.pushControl(this.#notes.textControl(text));
    this.#options.onAsked();
  }

  picture(source: string, picture: LivePicture): void {
    this.#uplink.pushPicture(source, picture);
  }

  still(still: LivePicture, about: string): void {
    this.#stillNumber += 1;
    const topic = `picture ${this.#stillNumber}`;
    const { delivery } = this.#stills.keep(still, topic);
    if (about !== '') this.#notes.tell(topic, about, true);
    if (this.#connected) this.#uplink.pushControl({ type: 'still', still, delivery });
  }

  noteOnce(topic: string, text: string): void {
    this.#onceNumber += 1;
    this.#notes.tell(`${topic} ${this.#onceNumber}`, text, true);
  }

  note(topic: string, text: string | undefined): void {
    this.#notes.tell(topic, text);
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'toolCall') this.#calls.called(event.calls);
    else if (event.type === 'toolCallCancellation') this.#calls.cancelled(event.ids);
    else if (event.type === 'turnComplete') this.#calls.turnEnded();
    this.#pendingSpeech.onEvent(event);
    this.#notes.onEvent(event);
  }

  /** A handle came that leads back to this moment: the session has all that went before it. */
  onHandle(): void {
    this.#calls.onHandle();
    this.#stills.onHandle();
    this.#notes.onHandle();
  }

  /** How things stand, for the instructions of a connection that is about to be made. `resumed`: with the newest handle. */
  instruction(resumed: boolean): string | undefined {
    this.#calls.connecting(resumed);
    this.#stills.forgetUnwanted();
    return this.#notes.instruction(resumed);
  }

  connected({ sink, resumed, texts }: NewConnection): void {
    this.#connected = true;
    this.#calls.connected(resumed);
    this.#notes.connected();
    // A picture may be what the words are about.
    for (const { still, delivery } of this.#stills.again())
      this.#uplink.pushControl({ type: 'still', still, delivery });
    for (const text of texts) this.text(text);
    this.#uplink.attach(sink);
  }

  /** Nothing is sent until there is another connection. */
  connectionLost(): void {
    this.#connected = false;
    this.#uplink.detach();
    this.#pendingSpeech.lost();
    this.#calls.connectionLost();
    this.#notes.connectionLost();
  }

  /** The session is about to end: nothing is sent any more, and nobody waits for what tools still find. */
  stop(): void {
    this.connectionLost();
    this.#calls.dispose();
  }

  /** The network has taken something. */
  pump(): void {
    this.#uplink.pump();
  }

  dispose(): void {
    this.stop();
    this.#uplink.dispose();
  }

  #heard(changes: readonly boolean[]): void {
    for (const speaking of changes) {
      this.#pendingSpeech.onSpeech(speaking);
      this.#notes.onSpeech(speaking);
      this.#options.onSpeech(speaking);
    }
  }
}
