// Who speaks when the server runs by itself: a modest assistant without a speech recogniser. It never pretends to have
// understood speech; it says what it measured, reads what it is shown, and answers a few typed questions for real.
import type { Actions } from '../script/actions.ts';
import type { Cue, Reaction, Responder } from '../script/responder.ts';
import type { Conversation, Exchange } from '../session/conversation.ts';
import type { Utterance } from '../session/hearing.ts';
import { CodeAnswers, type CodeQuestion } from './code-answers.ts';
import { Inquiry } from './inquiry.ts';
import { ago, counted, loudness, pictureSizes, seconds, wordsRead } from './phrases.ts';
import { understand } from './questions.ts';
import { Reader, type ReadPicture } from './reader.ts';
import { ToolErrand } from './tool-errand.ts';

const GREETING =
  'Hello. I am a local stand-in for Gemini, so that you can try everything without a key. Speak, type, or show me something, and I will tell you what reached me.';
/** What it says most; spoken once beforehand, the synthesiser is quick from the first answer on. */
export const TYPICAL_ANSWERS = [
  GREETING,
  'I heard 2.3 seconds of speech, at a good level. I cannot make out words, but your microphone and your loudspeaker work.',
];
const HIGHEST_COUNT = 60;
/** Words read aloud: as an aside, and when it was asked to read. */
const FEW_WORDS = 20;
const MANY_WORDS = 60;
/** Texts of Talkthrough itself about what is shared; not something a person said. */
const NOTE = /^\s*\[Talkthrough note/;

/** The connection it answers on. */
export interface AssistantLine {
  /** Does something later than in answer to a cue; nothing once the connection has ended. */
  act(actions: Actions): void;
  /** Names of the functions that the setup declared. */
  declaredTools(): readonly string[];
}

export interface AssistantOptions {
  readonly line: AssistantLine;
  readonly clock?: () => Date;
  readonly readPicture?: ReadPicture;
}

export class Assistant implements Responder {
  readonly #line: AssistantLine;
  readonly #clock: () => Date;
  readonly #reader: Reader;
  /** What it is fetching by tool calls; dropped when the person says something else. */
  #errand: ToolErrand | undefined;
  /** What it is finding out about code; the same. */
  #inquiry: Inquiry | undefined;
  readonly #code = new CodeAnswers();
  /** Grows with everything the person says: an answer that took longer than that is not given. */
  #question = 0;
  #wasInterrupted = false;

  constructor({ line, clock = () => new Date(), readPicture }: AssistantOptions) {
    this.#line = line;
    this.#clock = clock;
    this.#reader = new Reader(readPicture);
  }

  react(cue: Cue, conversation: Conversation): Reaction | undefined {
    switch (cue.kind) {
      case 'prompt':
        return { reply: { say: GREETING } };
      case 'speech':
        return {
          hear: `(${seconds(cue.utterance.durationMs)} of speech)`,
          ...this.#aboutSpeech(cue.utterance, conversation.exchanges),
        };
      case 'text':
        this.#turnToPerson();
        return this.#answer(withoutNotes(cue.text), conversation.exchanges);
      case 'picture':
        this.#reader.show(cue.picture);
        return {};
      case 'tool-response':
        this.#inquiry?.onResponses(cue.responses);
        return this.#errand?.onResponses(cue.responses) ?? {};
      case 'interrupted':
        this.#wasInterrupted = true;
        return {};
      case 'speech-started':
        this.#turnToPerson();
        // It is read by the time the person has said what they want.
        if (this.#reader.newest !== undefined) void this.#reader.read();
        return {};
      case 'setup':
      case 'reply-finished':
        return {};
    }
  }

  #turnToPerson(): void {
    this.#question += 1;
    this.#errand = undefined;
    this.#inquiry?.end();
    this.#inquiry = undefined;
  }

  #say(answer: string): Reaction {
    const apology = this.#wasInterrupted ? 'I stopped when you spoke. ' : '';
    this.#wasInterrupted = false;
    return { reply: { say: apology + answer } };
  }

  /** Answers once it is known what, unless the person has gone on by then. */
  #sayLater(answer: Promise<string>): Reaction {
    const question = this.#question;
    void answer.then((text) => {
      if (question === this.#question) this.#line.act(this.#say(text));
    });
    return {};
  }

  #answer(text: string, exchanges: readonly Exchange[]): Reaction {
    const question = understand(text);
    switch (question.kind) {
      case 'count':
        return this.#say(count(Math.min(HIGHEST_COUNT, question.to)));
      case 'time':
        return this.#say(`It is ${this.#clock().toTimeString().slice(0, 5)} here.`);
      case 'hello':
        return this.#say(GREETING);
      case 'remember':
        return this.#say(whatWasSaid(exchanges.slice(0, -1)));
      case 'see':
        if (this.#reader.newest === undefined) return this.#say(whatWasSeen(exchanges));
        return this.#sayLater(this.#whatIsSeen(exchanges, FEW_WORDS));
      case 'read':
        return this.#sayLater(this.#reader.read().then((reading) => wordsRead(reading, MANY_WORDS)));
      case 'look-closer':
      case 'point':
        this.#errand = new ToolErrand(question, this.#reader, this.#line.declaredTools(), {
          sayLater: (answer) => this.#sayLater(answer),
          actLater: (actions) => this.#actLater(actions),
        });
        return this.#errand.begin();
      case 'open':
      case 'explain':
      case 'explain-file':
      case 'uses':
      case 'rename':
      case 'problems':
        return this.#sayLater(this.#aboutCode(question));
      case 'other':
        return this.#say(
          `You typed: ${text} I am only the local stand-in, so that is all I can say about it. Ask me the time, to count to ten, what I see, what it says, what is open, what this does, where something is used, or to rename it.`,
        );
    }
  }

  async #aboutCode(question: CodeQuestion): Promise<string> {
    const inquiry = new Inquiry(this.#line);
    this.#inquiry = inquiry;
    // Not before the reaction to the question itself has gone out.
    await Promise.resolve();
    return this.#code.answer(question, inquiry);
  }

  #actLater(actions: Promise<Actions>): Reaction {
    const question = this.#question;
    void actions.then((known) => {
      if (question === this.#question) this.#line.act(known);
    });
    return {};
  }

  #aboutSpeech(utterance: Utterance, exchanges: readonly Exchange[]): Reaction {
    const earlier = exchanges.filter(({ role, kind }) => role === 'user' && kind === 'speech').length;
    const heard = `I heard ${seconds(utterance.durationMs)} of speech, ${loudness(utterance.levelDbfs)}.`;
    const order = earlier === 0 ? '' : ` You have spoken ${counted(earlier + 1, 'time')} so far.`;
    const limits = 'I cannot make out words in speech, but your microphone and your loudspeaker work.';
    const known: Promise<string>[] = [];
    if (this.#reader.newest !== undefined) known.push(this.#whatIsSeen(exchanges, FEW_WORDS));
    if (this.#line.declaredTools().includes('editor_state')) known.push(this.#aboutCode({ kind: 'open' }));
    if (known.length === 0) return this.#say(`${heard}${order} ${limits}`);
    return this.#sayLater(
      Promise.all(known).then((what) => `${heard}${order} ${what.join(' ')} ${limits} Type what you want to know.`),
    );
  }

  async #whatIsSeen(exchanges: readonly Exchange[], mostWords: number): Promise<string> {
    const ageMs = this.#reader.newestAgeMs;
    const kilobytes = Math.round((this.#reader.newest?.bytes.length ?? 0) / 1000);
    const read = wordsRead(await this.#reader.read(), mostWords);
    return `${whatWasSeen(exchanges)} The newest, of ${counted(kilobytes, 'kilobyte')}, came ${ago(ageMs)}. ${read}`;
  }
}

/** What the person typed themselves: notes may stand before it, and quote anything. */
function withoutNotes(text: string): string {
  return NOTE.test(text) ? text.replace(/^[\s\S]*\]\s+/, '') : text;
}

function count(limit: number): string {
  const numbers = Array.from({ length: limit }, (_, index) => index + 1);
  return numbers.length === 0 ? 'There is nothing to count.' : `${numbers.join(', ')}. Done.`;
}

function whatWasSeen(exchanges: readonly Exchange[]): string {
  const sizes = exchanges.filter(({ kind }) => kind === 'picture').map(({ text }) => text);
  if (sizes.length === 0) return 'I have not been shown any picture yet.';
  return `I have been shown ${counted(sizes.length, 'picture')}: ${pictureSizes(sizes)}.`;
}

function whatWasSaid(earlier: readonly Exchange[]): string {
  const last = earlier.findLast(
    ({ role, kind, text }) =>
      role === 'user' && (kind === 'speech' || kind === 'text') && !NOTE.test(withoutNotes(text)),
  );
  if (!last) return 'You have not said anything before this.';
  return last.kind === 'text'
    ? `Before this you typed: ${withoutNotes(last.text)}`
    : `Before this you spoke: ${last.text}.`;
}
