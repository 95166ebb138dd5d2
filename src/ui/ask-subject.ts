import type * as vscode from 'vscode';
import { documentPath } from '../editor/editor-description.ts';
import { mayTellUntitled } from '../editor/read-verdicts.ts';
import { fileOf } from '../editor/shown-editor.ts';
import type { Gate } from '../gate/gate.ts';
import { noSubject, type NoSubject } from '../problems/ask-problems.ts';

export type AskGate = Pick<Gate, 'mayRead' | 'isExcludedName' | 'relative' | 'mask'>;

/** What is asked about: the model is told of it before the question. */
export interface AskSubject {
  /** For the person: `src/cart.ts 10 to 14`. */
  readonly name: string;
  /** For the model; gated and masked, no longer than a note. */
  readonly about: string;
}

/** A note has room for 8,000 UTF-16 units; some are needed for what surrounds the text. */
export const SUBJECT_BUDGET = 7_000;

/** The path by which a document is told; or why nothing of it is. */
export async function subjectPath(gate: AskGate, document: vscode.TextDocument): Promise<string | NoSubject> {
  const file = fileOf(document);
  const path = documentPath(gate, document);
  // What is typed into a new editor belongs to no file that could be private.
  if (file.scheme === 'untitled' ? mayTellUntitled(gate, file) : await gate.mayRead(file)) return path;
  return noSubject({ code: whyNot(gate, file), path });
}

function whyNot(gate: AskGate, file: vscode.Uri): 'outside-workspace' | 'excluded' | 'private-target' {
  if (gate.relative(file) === undefined) return 'outside-workspace';
  return gate.isExcludedName(file) ? 'excluded' : 'private-target';
}
