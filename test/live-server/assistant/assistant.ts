// Who speaks when the server runs by itself: a modest assistant without a speech recogniser. It never pretends to have
// understood speech; it says what it measured, and answers a few typed questions for real.
import type { Cue, Reaction, Responder } from '../script/responder.ts';
import type { Conversation, Exchange } from '../session/conversation.ts';
import type { Utterance } from '../session/hearing.ts';
import { counted, loudness, pictureSizes, seconds } from './phrases.ts';

const GREETING =
  'Hello. I am a local stand-in for Gemini, so that you can try everything without a key. Speak, type, or show me something, and I will tell you what reached me.';
/** What it says most; spoken once beforehand, the synthesiser is quick from the first answer on. */
export const TYPICAL_ANSWERS = [
  GREETING,
  'I heard 2.3 seconds of speech, at a good level. I cannot make out words, but your microphone and your loudspeaker work.',
];
const HIGHEST_COUNT = 60;

export class Assistant implements Responder {
  readonly #clock: () => Date;
  #wasInterrupted = false;

  constructor(clock: () => Date = () => new Date()) {
    this.#clock = clock;
  }

  react(cue: Cue, conversation: Conversation): Reaction | undefined {
    switch (cue.kind) {
      case 'prompt':
        return { reply: { say: GREETING } };
      case 'speech':
        return {
          hear: `(${seconds(cue.utterance.durationMs)} of speech)`,
          reply: { say: this.#withApology(aboutSpeech(cue.utterance, conversation.exchanges)) },
        };
      case 'text':
        return { reply: { say: this.#withApology(this.#answer(cue.text, conversation.exchanges)) } };
      case 'tool-response':
        return {
          reply: { say: `Thank you, I have the result of ${cue.responses.map(({ name }) => name).join(' and ')}.` },
        };
      case 'interrupted':
        this.#wasInterrupted = true;
        return {};
      case 'setup':
      case 'speech-started':
      case 'picture':
      case 'reply-finished':
        return {};
    }
  }

  #withApology(answer: string): string {
    const interrupted = this.#wasInterrupted;
    this.#wasInterrupted = false;
    return interrupted ? `I stopped when you spoke. ${answer}` : answer;
  }

  #answer(text: string, exchanges: readonly Exchange[]): string {
    const [, limit] = /\bcount\D*(\d+)/i.exec(text) ?? [];
    if (limit !== undefined) return count(Math.min(HIGHEST_COUNT, Number(limit)));
    if (/\b(time|clock)\b/i.test(text)) return `It is ${this.#clock().toTimeString().slice(0, 5)} here.`;
    if (/\b(before|remember|repeat|again|said|say)\b/i.test(text)) return whatWasSaid(exchanges.slice(0, -1));
    if (/\b(see|look|picture|image|screen|camera|show)/i.test(text)) return whatWasSeen(exchanges);
    if (/^\s*(hello|hi|hey)\b/i.test(text)) return GREETING;
    return `You typed: ${text} I am only the local stand-in, so that is all I can say about it. Ask me the time, to count to ten, what I see, or what you said before.`;
  }
}

function count(limit: number): string {
  const numbers = Array.from({ length: limit }, (_, index) => index + 1);
  return numbers.length === 0 ? 'There is nothing to count.' : `${numbers.join(', ')}. Done.`;
}

function aboutSpeech(utterance: Utterance, exchanges: readonly Exchange[]): string {
  const earlier = exchanges.filter(({ role, kind }) => role === 'user' && kind === 'speech').length;
  const heard = `I heard ${seconds(utterance.durationMs)} of speech, ${loudness(utterance.levelDbfs)}.`;
  const order = earlier === 0 ? '' : ` You have spoken ${counted(earlier + 1, 'time')} so far.`;
  const pictures = exchanges.filter(({ kind }) => kind === 'picture');
  const seen = pictures.length === 0 ? '' : ` ${whatWasSeen(exchanges)}`;
  return `${heard}${order}${seen} I cannot make out words, but your microphone and your loudspeaker work.`;
}

function whatWasSeen(exchanges: readonly Exchange[]): string {
  const sizes = exchanges.filter(({ kind }) => kind === 'picture').map(({ text }) => text);
  if (sizes.length === 0) return 'I have not been shown any picture yet.';
  return `I have been shown ${counted(sizes.length, 'picture')}: ${pictureSizes(sizes)}.`;
}

function whatWasSaid(earlier: readonly Exchange[]): string {
  const last = earlier.findLast(({ role, kind }) => role === 'user' && (kind === 'speech' || kind === 'text'));
  if (!last) return 'You have not said anything before this.';
  return last.kind === 'text' ? `Before this you typed: ${last.text}` : `Before this you spoke: ${last.text}.`;
}
