import type { LiveLog } from '../live/log.ts';
import type { LiveSession } from '../live/session.ts';
import type { ToolCall, ToolDeclaration } from '../live/tool-call.ts';
import { failed, type Tool, type ToolResult } from './tool.ts';

interface ToolboxOptions {
  readonly tools: readonly Tool[];
  readonly log: LiveLog;
}

/** Carries out what the model calls. Whatever happens in a tool, its call is answered: a model that waits says nothing. */
export class Toolbox {
  readonly #tools: ReadonlyMap<string, Tool>;
  readonly #log: LiveLog;

  constructor({ tools, log }: ToolboxOptions) {
    this.#tools = new Map(tools.map((tool) => [tool.name, tool]));
    this.#log = log;
  }

  /** What a session is told it may call. */
  get declarations(): readonly ToolDeclaration[] {
    return [...this.#tools.values()].map(({ name, description, parameters }) => ({
      name,
      description,
      parametersJsonSchema: parameters,
    }));
  }

  /** From now on this session's calls are carried out, until it ends. */
  serve(session: LiveSession): void {
    session.on('toolCall', (call) => void this.#answer(call));
  }

  async #answer(call: ToolCall): Promise<void> {
    const startedMs = performance.now();
    const result = await this.#carryOut(call);
    const { response, quiet = false, stills = [] } = result;
    // Names and states only: what a tool was asked and found is the person's.
    this.#log.info(`tool ${call.name}: ${response.status} after ${Math.round(performance.now() - startedMs)} ms`);
    call.answer({ response, quiet, stills });
  }

  async #carryOut({ name, args, signal }: ToolCall): Promise<ToolResult> {
    const tool = this.#tools.get(name);
    if (tool === undefined) return failed(`There is no tool named "${name}".`);
    const prepared = tool.prepare(args);
    if ('complaint' in prepared) return failed(`The arguments do not fit: ${prepared.complaint}`, true);
    return withinTime(tool, signal, (bounded) => prepared.run({ signal: bounded })).catch((cause: unknown) => {
      this.#log.error(`tool ${name} failed: ${cause instanceof Error ? cause.name : 'fault'}`);
      return failed(`${name} could not be carried out.`, true);
    });
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
