// What was understood of the user's speech, sent as inputTranscription: before the reply, or only after its first audio.
import type { Delivery } from '../script/actions.ts';
import type { Outlet } from '../wire/outlet.ts';
import type { Random } from './random.ts';
import type { SessionConfig } from './session-config.ts';

interface Parts {
  config: SessionConfig;
  delivery: Delivery;
  outlet: Outlet;
  random: Random;
}

/** The real recogniser's text comes in fragments: here two halves, cut at a blank. */
function fragments(text: string): string[] {
  const middle = text.indexOf(' ', Math.floor(text.length / 2));
  return middle < 0 ? [text] : [text.slice(0, middle), text.slice(middle)];
}

export class UnderstoodSpeech {
  readonly #parts: Parts;
  #owed: string | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Sends the text now, or keeps it until `send`, if a reply follows that it may come after. */
  owe(text: string | undefined, replyFollows: boolean): void {
    const { config, delivery, random } = this.#parts;
    this.#owed = config.transcribesInput ? text : undefined;
    const late =
      delivery.inputTranscript === 'after-first-audio' || (delivery.inputTranscript === 'mixed' && random.chance(0.5));
    if (!late || !replyFollows) this.send();
  }

  /** Sends what is still owed. */
  send(): void {
    const owed = this.#owed;
    this.#owed = undefined;
    if (owed === undefined) return;
    for (const text of fragments(owed)) this.#parts.outlet.send({ serverContent: { inputTranscription: { text } } });
  }
}
