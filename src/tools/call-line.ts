import { randomUUID } from 'node:crypto';
import type { Conversation } from '../conversations/conversation.ts';
import type { ToolEntry } from '../protocol/conversation.ts';
import type { ToolLine, ToolResponse, ToolResult } from './tool.ts';

/** What came in between, where the tool itself has not said it. */
const WHY: Readonly<Record<Exclude<ToolResponse['status'], 'ok'>, string>> = {
  error: 'it failed',
  cancelled: 'its result is not waited for any more',
  'timed-out': 'it took too long',
};

/** The line of one call in the conversation, which says at each moment how the call stands; nothing where it has none. */
export class CallLine {
  readonly #known = { kind: 'tool', id: randomUUID(), atMs: Date.now() } as const;
  readonly #line: ToolLine | undefined;
  readonly #conversation: Pick<Conversation, 'put'>;
  /** What is done since the person agreed to it. */
  #doing: string | undefined;
  #isOver = false;

  constructor(line: ToolLine | undefined, conversation: Pick<Conversation, 'put'>) {
    this.#line = line;
    this.#conversation = conversation;
    this.#put('running', line, line?.asking);
  }

  /** The person agreed. @param doing as `Runs npm test` */
  begun(doing: string): void {
    if (this.#isOver) return;
    this.#doing = doing;
    this.#put('running', this.#line, doing);
  }

  ended({ response: { status }, line }: ToolResult): void {
    this.#isOver = true;
    if (status === 'ok') this.#put('done', line ?? this.#line);
    else if (line !== undefined) this.#put('failed', line);
    else if (this.#doing !== undefined) this.#put('failed', this.#line, `${this.#doing}: ${WHY[status]}`);
    else this.#put('failed', this.#line, this.#line?.asking);
  }

  #put(status: ToolEntry['status'], line: ToolLine | undefined, text = line?.text): void {
    if (line === undefined || text === undefined) return;
    const { opens } = line;
    this.#conversation.put({ ...this.#known, text: oneLine(text), status, ...(opens !== undefined && { opens }) });
  }
}

/** A line is read at a glance. */
const MAX_LENGTH = 160;

/** What the model sent stands in it: nothing of that may turn the line about or hide a part of it. */
function oneLine(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return plain.length <= MAX_LENGTH ? plain : `${plain.slice(0, MAX_LENGTH - 1)}…`;
}
