import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Gate } from '../../src/gate/gate.ts';
import { runInTerminal } from '../../src/tools/run-in-terminal.ts';
import { runTask } from '../../src/tools/run-task.ts';
import { runTests } from '../../src/tools/run-tests.ts';
import { Terminals, type TerminalsOptions } from '../../src/tools/run/terminals.ts';
import type { Tool, ToolResponse } from '../../src/tools/tool.ts';
import { ConsentingPerson } from './consenting-person.ts';
import { KeptInMemory } from './kept-in-memory.ts';

/** npm would ask its registry whether it is new. */
const QUIET = { npm_config_update_notifier: 'false', NO_UPDATE_NOTIFIER: '1' };

/** The tools that run things, as the extension puts them together, with a person who is asked. */
export class RunRig {
  readonly person = new ConsentingPerson();
  readonly gate: Gate;
  readonly terminals: Terminals;
  readonly tools: readonly Tool[];
  isTrusted = true;
  readonly #known = new Set(vscode.window.terminals);

  static async open(options: TerminalsOptions = {}): Promise<RunRig> {
    const settings = vscode.workspace.getConfiguration('terminal.integrated.env');
    await settings.update('linux', QUIET, vscode.ConfigurationTarget.Global);
    return new RunRig(options);
  }

  private constructor(options: TerminalsOptions) {
    this.gate = new Gate({ memory: new KeptInMemory(), workspace: this });
    this.terminals = new Terminals(options);
    const { gate, terminals } = this;
    this.tools = [runInTerminal(gate, terminals), runTask(gate), runTests(gate, terminals)];
  }

  /** Calls a tool as the toolbox would. */
  async call(name: string, args: unknown = {}, signal = new AbortController().signal): Promise<ToolResponse> {
    const prepared = this.tools.find((tool) => tool.name === name)?.prepare(args);
    assert.ok(prepared !== undefined && 'run' in prepared, JSON.stringify(prepared));
    const { response } = await prepared.run({ signal });
    return response;
  }

  run(command: string, timeoutSeconds = 30): Promise<ToolResponse> {
    return this.call('run_in_terminal', { command, timeoutSeconds });
  }

  /** Terminals that were opened since. */
  get opened(): readonly vscode.Terminal[] {
    return vscode.window.terminals.filter((terminal) => !this.#known.has(terminal));
  }

  async close(): Promise<void> {
    this.terminals.dispose();
    this.person.dispose();
    this.gate.dispose();
    const left = new Set(this.opened);
    const closed = new Promise<void>((resolve) => {
      if (left.size === 0) resolve();
      const listener = vscode.window.onDidCloseTerminal((terminal) => {
        left.delete(terminal);
        if (left.size > 0) return;
        listener.dispose();
        resolve();
      });
    });
    for (const terminal of left) terminal.dispose();
    await closed;
  }
}
