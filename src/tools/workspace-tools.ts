import * as vscode from 'vscode';
import type { EditorPointer } from '../editor/editor-pointer.ts';
import type { Gate } from '../gate/gate.ts';
import { createFile } from './create-file.ts';
import { documentOutline } from './document-outline.ts';
import { editorState } from './editor-state.ts';
import { findReferences } from './find-references.ts';
import { findSymbol } from './find-symbol.ts';
import { gitChanges } from './git-changes.ts';
import { goToDefinition } from './go-to-definition.ts';
import { hover } from './hover.ts';
import { listFiles } from './list-files.ts';
import { openFile, reveal } from './reveal.ts';
import { otherTools } from './other-tools.ts';
import { problems } from './problems.ts';
import { proposeEdit } from './propose-edit.ts';
import type { Proposals } from './proposal/proposals.ts';
import { readFile } from './read-file.ts';
import { runInTerminal } from './run-in-terminal.ts';
import { runTask } from './run-task.ts';
import { runTests } from './run-tests.ts';
import type { Terminals } from './run/terminals.ts';
import { searchText } from './search-text.ts';
import type { Tool, ToolSource } from './tool.ts';

interface WorkspaceParts {
  readonly gate: Gate;
  readonly pointer: EditorPointer;
  readonly proposals: Proposals;
  readonly terminals: Terminals;
}

/** Everything the model may do in the workspace, as far as the gate lets it, and what other extensions offer beside it. */
export class WorkspaceTools implements ToolSource, vscode.Disposable {
  readonly #parts: WorkspaceParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: readonly vscode.Disposable[];
  readonly onDidChange = this.#changed.event;

  constructor(parts: WorkspaceParts) {
    this.#parts = parts;
    const changed = (): void => this.#changed.fire();
    const files = vscode.workspace.createFileSystemWatcher('**/*');
    this.#listeners = [
      files,
      files.onDidChange(changed),
      files.onDidCreate(changed),
      files.onDidDelete(changed),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // The log of this very extension is a document, too.
        if (contentChanges.length > 0 && document.uri.scheme !== 'output') changed();
      }),
      vscode.languages.onDidChangeDiagnostics(changed),
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
      parts.gate.onDidChange(changed),
    ];
  }

  get tools(): readonly Tool[] {
    const { gate, proposals, terminals } = this.#parts;
    return [
      ...languageTools(this.#parts),
      readFile(gate),
      listFiles(gate),
      searchText(gate),
      gitChanges(gate),
      openFile(gate),
      proposeEdit(gate, proposals),
      createFile(gate, proposals),
      runTask(gate),
      runTests(gate, terminals),
      runInTerminal(gate, terminals),
      ...otherTools(gate),
    ];
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }
}

/** What the editor and its language servers know, and the finger that points at it. */
export function languageTools({
  gate,
  pointer,
}: {
  readonly gate: Gate;
  readonly pointer: Pick<EditorPointer, 'point'>;
}): readonly Tool[] {
  return [
    editorState(gate),
    findSymbol(gate),
    goToDefinition(gate),
    findReferences(gate),
    hover(gate),
    documentOutline(gate),
    problems(gate),
    reveal(gate, pointer),
  ];
}
