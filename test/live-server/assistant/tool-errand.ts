// What the assistant does by calling a tool: look closer and read, or find words and point at them. Both are asked of the
// screen first, and of the other things that can be shown when that is refused.
import { findPhrase, type BoxCoordinates } from '../../sight/find-phrase.ts';
import type { Actions } from '../script/actions.ts';
import type { Reaction } from '../script/responder.ts';
import type { FunctionResponse } from '../wire/message-rules.ts';
import { stringAt, type JsonObject } from '../wire/json-value.ts';
import { placeOf, wordsRead } from './phrases.ts';
import type { Question } from './questions.ts';
import type { Reader } from './reader.ts';

export type ToolQuestion = Extract<Question, { kind: 'look-closer' | 'point' }>;

interface Voice {
  sayLater(answer: Promise<string>): Reaction;
  actLater(actions: Promise<Actions>): Reaction;
}

const MANY_WORDS = 60;
const TOOL_NAMES = { 'look-closer': 'look_closer', point: 'point_at' } as const;
const SOURCES = { 'look-closer': ['screen', 'camera'], point: ['screen', 'camera', 'picture'] } as const;

export class ToolErrand {
  readonly #question: ToolQuestion;
  readonly #reader: Reader;
  readonly #declared: readonly string[];
  readonly #voice: Voice;
  /** Sources not asked yet. */
  #sources: readonly string[];
  #box: BoxCoordinates | undefined;

  constructor(question: ToolQuestion, reader: Reader, declared: readonly string[], voice: Voice) {
    this.#question = question;
    this.#reader = reader;
    this.#declared = declared;
    this.#voice = voice;
    this.#sources = SOURCES[question.kind];
  }

  begin(): Reaction {
    const name = TOOL_NAMES[this.#question.kind];
    if (!this.#declared.includes(name)) return this.#say(`I cannot do that: nobody gave me the tool ${name}.`);
    if (this.#question.kind === 'look-closer') return this.#call();
    return this.#voice.actLater(this.#findAndPoint(this.#question.phrase));
  }

  onResponses(responses: readonly FunctionResponse[]): Reaction {
    const answer = responses.find(({ name }) => name === TOOL_NAMES[this.#question.kind]);
    if (answer === undefined) return {};
    const refusal = refusalIn(answer.response);
    if (refusal !== undefined) return this.#sources.length > 0 ? this.#call() : this.#say(refusal);
    if (this.#question.kind === 'look-closer') {
      const { place } = this.#question;
      const read = this.#reader.read().then((reading) => wordsRead(reading, MANY_WORDS));
      return this.#voice.sayLater(read.then((words) => `I looked closer at the ${place}. ${words}`));
    }
    const where = this.#box === undefined ? '' : `, ${placeOf(this.#box)}`;
    return this.#say(`There: ${this.#question.phrase}${where}.`);
  }

  async #findAndPoint(phrase: string): Promise<Actions> {
    const reading = await this.#reader.read();
    if (reading.kind !== 'words') return saying(wordsRead(reading, 0));
    this.#box = findPhrase(reading.words, phrase, reading.picture);
    if (this.#box === undefined) return saying(`I do not find ${phrase} among the words that I can read.`);
    return this.#call();
  }

  #call(): Actions {
    const [source = 'screen', ...rest] = this.#sources;
    this.#sources = rest;
    return { toolCall: { name: TOOL_NAMES[this.#question.kind], args: this.#arguments(source) } };
  }

  #arguments(source: string): JsonObject {
    if (this.#question.kind === 'look-closer') return { source, region: [...this.#question.region] };
    return { source, box: [...(this.#box ?? [])], label: this.#question.phrase.slice(0, 60) };
  }

  #say(answer: string): Reaction {
    return saying(answer);
  }
}

function saying(answer: string): Actions {
  return { reply: { say: answer } };
}

/** Why a tool did not do it; undefined when it did. */
function refusalIn(response: JsonObject): string | undefined {
  if (stringAt(response, 'status') === 'ok') return undefined;
  return stringAt(response, 'message') ?? 'It could not be done.';
}
