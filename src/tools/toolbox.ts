import type { Disposable } from 'vscode';
import type { Conversation } from '../conversations/conversation.ts';
import type { LiveLog } from '../live/log.ts';
import type { SessionEmitter } from '../live/session-events.ts';
import type { ToolCall } from '../live/tool-call.ts';
import type { ToolDeclaration } from '../live/settings.ts';
import type { BeginningContext } from './telling-gate.ts';
import { CallLine } from './call-line.ts';
import { RecentResults } from './recent-results.ts';
import { failed, type PreparedCall, type Tool, type ToolResult, type ToolSource } from './tool.ts';

interface ToolboxOptions {
  readonly sources: readonly ToolSource[];
  readonly log: LiveLog;
  /** Shows what is done, as a quiet line. */
  readonly conversation: Pick<Conversation, 'put'>;
}

/** Carries out what the model calls. Whatever happens in a tool, its call is answered: a model that waits says nothing. */
export class Toolbox implements Disposable {
  readonly #options: ToolboxOptions;
  readonly #recent = new RecentResults();
  readonly #listeners: readonly (Disposable | undefined)[];
  #tools: ReadonlyMap<string, Tool> = new Map();

  constructor(options: ToolboxOptions) {
    this.#options = options;
    this.#listeners = options.sources.map(({ onDidChange }) => onDidChange?.(() => this.#recent.somethingChanged()));
  }

  /** What a session that is about to begin is told it may call. */
  declare(): readonly ToolDeclaration[] {
    this.#tools = new Map(this.#options.sources.flatMap(({ tools }) => tools).map((tool) => [tool.name, tool]));
    return [...this.#tools.values()].map(({ name, description, parameters }) => ({
      name,
      description,
      parametersJsonSchema: parameters,
    }));
  }

  /** From now on this session's calls are carried out, until it ends. */
  serve(session: SessionEmitter): void {
    this.#recent.forgetAll();
    session.on('toolCall', (call) => void this.#answer(call));
  }

  /** The person says something new: what was read before may have changed. */
  turnBegins(): void {
    this.#recent.turnBegins();
  }

  /** The person accepted or discarded something. */
  personDecided(): void {
    this.#recent.personDecided();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener?.dispose();
  }

  async #answer(call: ToolCall): Promise<void> {
    const startedMs = performance.now();
    const { response, quiet = false, stills = [] } = await this.#carryOut(call);
    // Names and states only: what a tool was asked and found is the person's.
    const tookMs = Math.round(performance.now() - startedMs);
    this.#options.log.info(`tool ${call.name}: ${response.status} after ${tookMs} ms`);
    call.answer({ response, quiet, stills });
  }

  async #carryOut({ name, args, signal }: ToolCall): Promise<ToolResult> {
    const tool = this.#tools.get(name);
    if (tool === undefined) return failed(`There is no tool named "${name}".`);
    const prepared = tool.prepare(args);
    if ('complaint' in prepared) return failed(`The arguments do not fit: ${prepared.complaint}`, true);
    return this.#recent.getOrRun(tool, args, signal, (allGone) => this.#run(tool, prepared, allGone));
  }

  async #run(tool: Tool, prepared: PreparedCall, signal: AbortSignal): Promise<ToolResult> {
    const line = new CallLine(prepared.line, this.#options.conversation);
    const run = (bounded: AbortSignal): Promise<ToolResult> => {
      const context: BeginningContext = { signal: bounded, callLine: line };
      return prepared.run(context);
    };
    const result = await withinTime(tool, signal, run).catch((cause: unknown) => {
      this.#options.log.error(`tool ${tool.name} failed: ${cause instanceof Error ? cause.name : 'fault'}`);
      return failed(`${tool.name} could not be carried out.`, true);
    });
    line.ended(result);
    return result;
  }
}

/** The result, or the reason why none came in time. What still runs then is told to stop. */
async function withinTime(
  { name, timeLimitMs }: Tool,
  cancelled: AbortSignal,
  run: (signal: AbortSignal) => Promise<ToolResult>,
): Promise<ToolResult> {
  const ending = new AbortController();
  const bounded = AbortSignal.any([cancelled, ending.signal]);
  let stopWaiting: (result: ToolResult) => void = () => undefined;
  const noResult = new Promise<ToolResult>((resolve) => (stopWaiting = resolve));
  const giveUp = (status: 'cancelled' | 'timed-out', message: string): void => {
    stopWaiting({ response: { status, message, retry: status === 'timed-out' }, quiet: status === 'cancelled' });
  };
  const onCancel = (): void => giveUp('cancelled', `${name} was cancelled.`);
  cancelled.addEventListener('abort', onCancel, { once: true });
  if (cancelled.aborted) onCancel();
  const timer = setTimeout(() => giveUp('timed-out', `${name} took longer than ${timeLimitMs / 1000} s.`), timeLimitMs);
  try {
    return await Promise.race([run(bounded), noResult]);
  } finally {
    clearTimeout(timer);
    cancelled.removeEventListener('abort', onCancel);
    ending.abort();
  }
}
