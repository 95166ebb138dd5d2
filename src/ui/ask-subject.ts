import type * as vscode from 'vscode';
import { documentPath } from '../editor/editor-description.ts';
import { mayTellUntitled } from '../editor/read-verdicts.ts';
import { fileOf } from '../editor/shown-editor.ts';
import type { Gate } from '../gate/gate.ts';

export type AskGate = Pick<Gate, 'mayRead' | 'isExcludedName' | 'relative' | 'mask'>;

/** What is asked about: the model is told of it before the question. */
export interface AskSubject {
  /** For the person: `src/cart.ts 10 to 14`. */
  readonly name: string;
  /** For the model; gated and masked, no longer than a note. */
  readonly about: string;
}

/** Why something cannot be asked about, as a sentence for the person. */
export interface NoSubject {
  readonly sentence: string;
}

/** A note has room for 8,000 UTF-16 units; some are needed for what surrounds the text. */
export const SUBJECT_BUDGET = 7_000;

/** The path by which a document is told; or why nothing of it is. */
export async function subjectPath(gate: AskGate, document: vscode.TextDocument): Promise<string | NoSubject> {
  const file = fileOf(document);
  const path = documentPath(gate, document);
  // What is typed into a new editor belongs to no file that could be private.
  if (file.scheme === 'untitled' ? mayTellUntitled(gate, file) : await gate.mayRead(file)) return path;
  return { sentence: `“${path}” ${whyNot(gate, file)}, so nothing of it is given to Gemini.` };
}

function whyNot(gate: AskGate, file: vscode.Uri): string {
  if (gate.relative(file) === undefined) return 'is no file of the open workspace';
  if (gate.isExcludedName(file)) return 'is private (talkthrough.privacy.exclude)';
  return 'leads to something private or out of the workspace';
}
