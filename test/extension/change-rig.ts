import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createFile } from '../../src/tools/create-file.ts';
import { Gate } from '../../src/gate/gate.ts';
import { Proposals } from '../../src/tools/proposal/proposals.ts';
import { proposeEdit } from '../../src/tools/propose-edit.ts';
import type { Tool, ToolResponse } from '../../src/tools/tool.ts';
import { ConsentingPerson } from './consenting-person.ts';
import { KeptInMemory } from './kept-in-memory.ts';
import { inProject } from './sample-project.ts';

/** Where these tests write; the suites beside them read the rest. */
const FOLDER = 'changed-by-tests';
/** VS Code remembers a document of a name for a while, also when its file is gone. */
let folders = 0;

export interface RigEdit {
  readonly find: string;
  readonly replace: string;
  readonly all?: boolean;
}

/** The tools that change files, as the extension puts them together, with a person who reads and decides. */
export class ChangeRig {
  readonly person = new ConsentingPerson();
  readonly gate = new Gate({ memory: new KeptInMemory() });
  readonly proposals: Proposals;
  /** What the model was told of decisions, in order. */
  readonly told: string[] = [];
  readonly tools: readonly Tool[];
  isTrusted = true;
  readonly #folder = `${FOLDER}/${(folders += 1)}`;

  private constructor(readAfterMs: number) {
    this.proposals = new Proposals({
      readAfterMs,
      gate: this.gate,
      workspace: this,
      prefix: 'talkthrough-test',
    });
    this.proposals.onDidDecide((text) => this.told.push(text));
    this.tools = [proposeEdit(this.gate, this.proposals), createFile(this.gate, this.proposals)];
  }

  /** What is not saved stays so: in a browser, VS Code saves by itself after a second unless told otherwise. */
  static async open(readAfterMs = 0): Promise<ChangeRig> {
    await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    return new ChangeRig(readAfterMs);
  }

  path(name: string): string {
    return `${this.#folder}/${name}`;
  }

  uri(name: string): vscode.Uri {
    return inProject(this.path(name));
  }

  async write(name: string, text: string): Promise<vscode.Uri> {
    await vscode.workspace.fs.writeFile(this.uri(name), new TextEncoder().encode(text));
    return this.uri(name);
  }

  async onDisk(name: string): Promise<string> {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.uri(name)));
  }

  async document(name: string): Promise<vscode.TextDocument> {
    return vscode.workspace.openTextDocument(this.uri(name));
  }

  /** Calls a tool as the toolbox would. */
  async call(name: string, args: unknown, signal = new AbortController().signal): Promise<ToolResponse> {
    const prepared = this.tools.find((tool) => tool.name === name)?.prepare(args);
    assert.ok(prepared !== undefined && 'run' in prepared, JSON.stringify(prepared));
    const { response } = await prepared.run({ signal });
    return response;
  }

  /** Calls propose_edit for files of these tests. */
  propose(files: Readonly<Record<string, readonly RigEdit[]>>, summary = 'a change'): Promise<ToolResponse> {
    const named = Object.entries(files).map(([name, edits]) => ({ path: this.path(name), edits }));
    return this.call('propose_edit', { files: named, summary });
  }

  /** Why a call came to nothing. */
  refusal(response: ToolResponse): string {
    assert.notEqual(response.status, 'ok');
    assert.ok(typeof response['message'] === 'string');
    return response['message'];
  }

  /** What the right side of a diff shows. */
  async proposed(name: string): Promise<string> {
    const documents = await Promise.all(
      this.tabs().flatMap(({ after }) => after.map((uri) => vscode.workspace.openTextDocument(uri))),
    );
    const found = documents.find(({ uri }) => uri.path === this.uri(name).path);
    assert.ok(found, `no diff of ${name}`);
    return found.getText();
  }

  /** The diffs that are open: what they compare. */
  tabs(): readonly {
    readonly label: string;
    readonly before: readonly vscode.Uri[];
    readonly after: readonly vscode.Uri[];
  }[] {
    return vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .flatMap(({ label, input }) => {
        if (input instanceof vscode.TabInputTextDiff)
          return [{ label, before: [input.original], after: [input.modified] }];
        // VS Code gives what is in such a tab, but has not published its class.
        const { textDiffs } = (input ?? {}) as { textDiffs?: readonly vscode.TabInputTextDiff[] };
        return textDiffs === undefined
          ? []
          : [
              {
                label,
                before: textDiffs.map(({ original }) => original),
                after: textDiffs.map(({ modified }) => modified),
              },
            ];
      });
  }

  accept(): Thenable<unknown> {
    return vscode.commands.executeCommand('talkthrough-test.acceptProposal');
  }

  discard(): Thenable<unknown> {
    return vscode.commands.executeCommand('talkthrough-test.discardProposal');
  }

  /** Resolves when the file reads so in VS Code; the suite's time-out bounds it. */
  async reads(name: string, text: string): Promise<void> {
    const document = await this.document(name);
    if (document.getText() === text) return;
    await new Promise<void>((resolve) => {
      const listener = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document || document.getText() !== text) return;
        listener.dispose();
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.proposals.dispose();
    for (const document of vscode.workspace.textDocuments) {
      if (!document.isDirty || !document.uri.path.includes(this.#folder)) continue;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    this.person.dispose();
    this.gate.dispose();
    await vscode.workspace.fs.delete(inProject(this.#folder), { recursive: true }).then(undefined, () => undefined);
  }
}
