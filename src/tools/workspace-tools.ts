import type { EditorPointer } from '../editor/editor-pointer.ts';
import type { Gate } from '../gate/gate.ts';
import { createFile } from './create-file.ts';
import { gitChanges } from './git-changes.ts';
import { listFiles } from './list-files.ts';
import { openFile } from './open-file.ts';
import { otherTools } from './other-tools.ts';
import { proposeEdit } from './propose-edit.ts';
import type { Proposals } from './proposal/proposals.ts';
import { readFile } from './read-file.ts';
import { runInTerminal } from './run-in-terminal.ts';
import { runTask } from './run-task.ts';
import { runTests } from './run-tests.ts';
import type { Terminals } from './run/terminals.ts';
import { searchText } from './search-text.ts';
import type { Tool } from './tool.ts';
import { documentOutline } from './document-outline.ts';
import { editorState } from './editor-state.ts';
import { findReferences } from './find-references.ts';
import { findSymbol } from './find-symbol.ts';
import { goToDefinition } from './go-to-definition.ts';
import { hover } from './hover.ts';
import { problems } from './problems.ts';
import { reveal } from './reveal.ts';

interface WorkspaceParts {
  readonly gate: Gate;
  readonly pointer: EditorPointer;
  readonly proposals: Proposals;
  readonly terminals: Terminals;
}

/** Everything the model may do in the workspace, as far as the gate lets it, and what other extensions offer beside it. */
export function workspaceTools({ gate, pointer, proposals, terminals }: WorkspaceParts): readonly Tool[] {
  return [
    ...languageTools(gate, pointer),
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

/** What the editor and its language servers know, and the finger that points at it. */
function languageTools(gate: Gate, pointer: Pick<EditorPointer, 'point'>): readonly Tool[] {
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
