import type { EditorPointer } from '../editor/editor-pointer.ts';
import { createFile } from './create-file.ts';
import type { Gate } from '../gate/gate.ts';
import { gitChanges } from './git-changes.ts';
import { languageTools } from './language-tools.ts';
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
