import '../protocol/zod.ts';
import type { Event } from 'vscode';
import * as z from 'zod';
import type { LivePicture } from '../live/uplink/picture-queue.ts';
import type { NamedPlace } from '../protocol/conversation.ts';

/**
 * What a tool does to the person's things. - `read`: looks. - `show`: moves what is on screen. - `change`: changes files.
 * - `run`: runs something.
 */
export type ToolKind = 'read' | 'show' | 'change' | 'run';

export interface ToolContext {
  /** Aborted when nobody waits for the result any more. */
  readonly signal: AbortSignal;
}

/** What the model gets: a status it can act on, and what the tool found. */
export type ToolResponse =
  | ({ readonly status: 'ok' } & Readonly<Record<string, unknown>>)
  | {
      readonly status: 'error' | 'cancelled' | 'timed-out';
      /** One plain sentence: what was wrong, and what to do instead. */
      readonly message: string;
      /** Whether the same call may succeed later. */
      readonly retry: boolean;
    };

export interface ToolResult {
  readonly response: ToolResponse;
  /** The model need not speak because of it. */
  readonly quiet?: boolean;
  /** Sent right before the response. */
  readonly stills?: readonly LivePicture[];
  /** What the line becomes, where only the result tells. */
  readonly line?: ToolLine;
}

/** What a call is called in the conversation, and what that line opens. */
export interface ToolLine {
  /** As `Read src/cart.ts 10 to 48`: a verb in the past, and what. */
  readonly text: string;
  /** What it says while the person is asked, and where they say no: `Asks to run npm test`. */
  readonly asking?: string;
  readonly opens?: NamedPlace;
}

/** A call whose arguments fit. */
export interface PreparedCall {
  /** Absent: too small a thing to be told. */
  readonly line?: ToolLine;
  run(context: ToolContext): Promise<ToolResult>;
}

/** Something the model may call. */
export interface Tool {
  /** Letters, digits and underscores, at most 64. */
  readonly name: string;
  /** For the model: when to call it, and what comes back. */
  readonly description: string;
  readonly kind: ToolKind;
  /** Longest time until it is answered with `timed-out`, milliseconds. */
  readonly timeLimitMs: number;
  /** Tells how things stand at this moment: the same call a moment later may tell something else. */
  readonly fleeting?: boolean;
  /** What the arguments are, as JSON Schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Checks what the model sent; a complaint says what is wrong, so that it can mend it. Never throws. */
  prepare(args: unknown): PreparedCall | { readonly complaint: string };
}

/** Where a session's tools come from. */
export interface ToolSource {
  /** Asked anew for each session: what other extensions offer comes and goes. */
  readonly tools: readonly Tool[];
  /** What was read by one of them may not be so any more: on screen, on disk, or as far as it may be read. */
  readonly onDidChange?: Event<void>;
}

export interface ToolSpec<Args> {
  readonly name: string;
  readonly description: string;
  readonly kind: ToolKind;
  readonly timeLimitMs?: number;
  readonly fleeting?: boolean;
  readonly schema: z.ZodType<Args>;
  readonly line?: (args: Args) => ToolLine;
  readonly run: (args: Args, context: ToolContext) => Promise<ToolResult>;
}

/** Long enough for a language server that has to load a project first. */
const TIME_LIMIT_MS = 10_000;

/** A tool out of its schema and what it does. */
export function tool<Args>({ schema, timeLimitMs = TIME_LIMIT_MS, run, line, ...spec }: ToolSpec<Args>): Tool {
  return {
    ...spec,
    timeLimitMs,
    parameters: z.toJSONSchema(schema, { io: 'input' }),
    prepare(args) {
      const read = schema.safeParse(args);
      if (read.success) {
        const { data } = read;
        return { run: (context) => run(data, context), ...(line !== undefined && { line: line(data) }) };
      }
      return { complaint: z.prettifyError(read.error) };
    },
  };
}

export function failed(message: string, retry = false): ToolResult {
  return { response: { status: 'error', message, retry } };
}
