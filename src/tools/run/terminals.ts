import * as vscode from 'vscode';
import { Output } from './output.ts';

export interface TerminalsOptions {
  /** The person's own shell where it is not given. */
  readonly shellPath?: string;
  /** How long a new terminal may take to understand what is run in it. Milliseconds. */
  readonly integrationWaitMs?: number;
}

/** How a command went. `output`: all that it wrote so far. */
export type CommandOutcome =
  /** `exitCode` is undefined where the shell did not tell it. */
  | { readonly kind: 'ended'; readonly exitCode: number | undefined; readonly output: Output }
  /** The time is over; it runs on in its terminal. */
  | { readonly kind: 'running'; readonly output: Output }
  /** Its terminal is gone: the command ended the shell, or the person closed it. */
  | { readonly kind: 'closed'; readonly exitCode: number | undefined; readonly output: Output }
  /** Typed into a terminal whose shell does not tell what becomes of it. */
  | { readonly kind: 'unseen' }
  /** Nobody waits any more; it runs on in its terminal, unless it was not begun. */
  | { readonly kind: 'cancelled' }
  /** Not run: all terminals there may be are taken. `unseen`: in some of them nobody can tell whether anything still runs. */
  | { readonly kind: 'crowded'; readonly unseen: boolean };

/**
 * Whether something runs in a terminal. `unseen`: something was typed into it, and its shell does not tell what becomes of
 * that.
 */
type TerminalState = 'idle' | 'busy' | 'unseen';

const NAME = 'Talkthrough';
/** A shell that loads a large profile takes seconds, and on a busy machine many: without it no output can be had at all. */
const INTEGRATION_WAIT_MS = 15_000;
/** What was written last may arrive after the end. */
const LAST_OUTPUT_WAIT_MS = 1_000;
/** So many commands at once that do not end. */
const MAX_TERMINALS = 4;
/** Programs that would show one page and wait for a key. */
const NO_PAGER = { PAGER: 'cat', GIT_PAGER: 'cat', MANPAGER: 'cat' };

/** Terminals in which commands of the model are run, for the person to see: one, and more while commands in it do not end. */
export class Terminals implements vscode.Disposable {
  readonly #options: TerminalsOptions;
  /** The oldest first. */
  readonly #terminals = new Map<vscode.Terminal, TerminalState>();
  readonly #listeners: readonly { dispose(): unknown }[];
  readonly #freed = new vscode.EventEmitter<void>();
  /** A shell that was waited for in vain: the next terminal of it is not waited for again. */
  #shellWithoutIntegration: string | undefined;

  constructor(options: TerminalsOptions = {}) {
    this.#options = options;
    // The person may use them too.
    this.#listeners = [
      vscode.window.onDidStartTerminalShellExecution(({ terminal }) => this.#mark(terminal, 'busy')),
      vscode.window.onDidEndTerminalShellExecution(({ terminal }) => this.#mark(terminal, 'idle')),
      vscode.window.onDidCloseTerminal((terminal) => {
        if (this.#terminals.delete(terminal)) this.#freed.fire();
      }),
      vscode.window.onDidChangeTerminalShellIntegration(({ terminal }) => {
        // It was only slow.
        if (this.#terminals.has(terminal)) this.#shellWithoutIntegration = undefined;
      }),
      this.#freed,
    ];
  }

  /**
   * Whether there is room for one more command only when the oldest terminal is closed in which nobody can tell whether
   * anything still runs.
   */
  get mustCloseUnseen(): boolean {
    const states = [...this.#terminals.values()];
    return states.length >= MAX_TERMINALS && states.includes('unseen') && !states.includes('idle');
  }

  /**
   * Runs one line in a terminal that is shown. What it does is not bounded by this: the person has agreed to it.
   *
   * @param limitMs how long to wait for a terminal that is free, and then for its end
   * @param mayCloseUnseen the person has agreed to that, too
   */
  async run(
    command: string,
    folder: vscode.Uri,
    limitMs: number,
    signal: AbortSignal,
    mayCloseUnseen = false,
  ): Promise<CommandOutcome> {
    if (signal.aborted) return { kind: 'cancelled' };
    if (mayCloseUnseen && this.mustCloseUnseen) this.#closeOldest('unseen');
    const terminal = this.#take(folder) ?? (await this.#taken(folder, limitMs, signal));
    if (isAborted(signal)) return { kind: 'cancelled' };
    if (terminal === undefined) return { kind: 'crowded', unseen: this.mustCloseUnseen };
    terminal.show(true);
    const integration = await this.#integration(terminal);
    if (isAborted(signal)) {
      this.#mark(terminal, 'idle');
      return { kind: 'cancelled' };
    }
    if (terminal.exitStatus !== undefined) {
      return { kind: 'closed', exitCode: terminal.exitStatus.code, output: new Output() };
    }
    if (integration === undefined) {
      this.#shellWithoutIntegration = this.#shell;
      this.#mark(terminal, 'unseen');
      terminal.sendText(command, true);
      return { kind: 'unseen' };
    }
    return execute(terminal, integration, command, limitMs, signal);
  }

  /** Terminals in which something runs are left to the person. */
  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    for (const [terminal, state] of this.#terminals) if (state === 'idle') terminal.dispose();
    this.#terminals.clear();
  }

  get #shell(): string {
    return this.#options.shellPath ?? vscode.env.shell;
  }

  #mark(terminal: vscode.Terminal, state: TerminalState): void {
    if (!this.#terminals.has(terminal)) return;
    this.#terminals.set(terminal, state);
    if (state === 'idle') this.#freed.fire();
  }

  /** One as soon as one is free; nothing when none can be, the time is over, or nobody waits any more. */
  #taken(folder: vscode.Uri, limitMs: number, signal: AbortSignal): Promise<vscode.Terminal | undefined> {
    if (![...this.#terminals.values()].includes('busy')) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (terminal: vscode.Terminal | undefined): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        listener.dispose();
        resolve(terminal);
      };
      const giveUp = (): void => settle(undefined);
      const timer = setTimeout(giveUp, limitMs);
      signal.addEventListener('abort', giveUp, { once: true });
      const listener = this.#freed.event(() => {
        const terminal = this.#take(folder);
        if (terminal !== undefined) settle(terminal);
      });
    });
  }

  #take(folder: vscode.Uri): vscode.Terminal | undefined {
    // One whose shell has gone elsewhere would run the command elsewhere than the person was told.
    const isThere = ({ shellIntegration }: vscode.Terminal) =>
      shellIntegration?.cwd === undefined ? false : shellIntegration.cwd.path === folder.path;
    const idle = [...this.#terminals].find(([terminal, state]) => state === 'idle' && isThere(terminal))?.[0];
    const terminal = idle ?? this.#open(folder);
    if (terminal !== undefined) this.#terminals.set(terminal, 'busy');
    return terminal;
  }

  #open(folder: vscode.Uri): vscode.Terminal | undefined {
    if (this.#terminals.size >= MAX_TERMINALS && !this.#closeOldest('idle')) return undefined;
    const { shellPath } = this.#options;
    return vscode.window.createTerminal({
      name: NAME,
      cwd: folder,
      env: NO_PAGER,
      ...(shellPath !== undefined && { shellPath }),
    });
  }

  /** @returns whether there was one in that state */
  #closeOldest(wanted: TerminalState): boolean {
    const oldest = [...this.#terminals].find(([, state]) => state === wanted)?.[0];
    if (oldest === undefined) return false;
    this.#terminals.delete(oldest);
    oldest.dispose();
    return true;
  }

  #integration(terminal: vscode.Terminal): Promise<vscode.TerminalShellIntegration | undefined> {
    if (this.#shellWithoutIntegration === this.#shell) return Promise.resolve(terminal.shellIntegration);
    return new Promise((resolve) => {
      const settle = (integration: vscode.TerminalShellIntegration | undefined): void => {
        clearTimeout(timer);
        for (const listener of listeners) listener.dispose();
        resolve(integration);
      };
      const timer = setTimeout(() => settle(undefined), this.#options.integrationWaitMs ?? INTEGRATION_WAIT_MS);
      const listeners = [
        vscode.window.onDidChangeTerminalShellIntegration((event) => {
          if (event.terminal === terminal) settle(event.shellIntegration);
        }),
        vscode.window.onDidCloseTerminal((closed) => {
          if (closed === terminal) settle(undefined);
        }),
      ];
      if (terminal.shellIntegration !== undefined) settle(terminal.shellIntegration);
    });
  }
}

async function execute(
  terminal: vscode.Terminal,
  integration: vscode.TerminalShellIntegration,
  command: string,
  limitMs: number,
  signal: AbortSignal,
): Promise<CommandOutcome> {
  const output = new Output();
  let settle: (outcome: CommandOutcome) => void = () => undefined;
  const settled = new Promise<CommandOutcome>((resolve) => (settle = resolve));
  const listeners = [
    vscode.window.onDidEndTerminalShellExecution((event) => {
      if (event.execution === execution) settle({ kind: 'ended', exitCode: event.exitCode, output });
    }),
    vscode.window.onDidCloseTerminal((closed) => {
      if (closed === terminal) settle({ kind: 'closed', exitCode: closed.exitStatus?.code, output });
    }),
  ];
  const timer = setTimeout(() => settle({ kind: 'running', output }), limitMs);
  const onAbort = (): void => settle({ kind: 'cancelled' });
  signal.addEventListener('abort', onAbort, { once: true });
  // Read at once: what is written before nobody reads is lost.
  const execution = integration.executeCommand(command);
  const reading = collect(execution, output);
  try {
    const outcome = await settled;
    if (outcome.kind === 'ended' || outcome.kind === 'closed') await atMost(reading, LAST_OUTPUT_WAIT_MS);
    return outcome;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    for (const listener of listeners) listener.dispose();
  }
}

/** Adds what an execution writes, until its end. */
export async function collect(execution: vscode.TerminalShellExecution, output: Output): Promise<void> {
  for await (const data of execution.read()) output.add(data);
}

/** Resolves when that has, or when the time is over. */
export async function atMost(promise: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    promise,
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    }),
  ]);
  clearTimeout(timer);
}

/** A property that changes while something is waited for. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
