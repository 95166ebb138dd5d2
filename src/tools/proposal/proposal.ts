import { randomUUID } from 'node:crypto';
import type { NamedPlace, ProposedPlace } from '../../protocol/conversation.ts';
import { changesSamePlace, type ProposedFile } from './proposed-file.ts';

/** Changes that belong together, for the person to accept or discard as one. Nothing of it is written before. */
export interface Proposal {
  readonly id: string;
  /** What it is for, in the model's words. */
  readonly summary: string;
  /** At least one, each file once. */
  readonly files: readonly ProposedFile[];
}

export function makeProposal(summary: string, files: readonly ProposedFile[]): Proposal {
  return { id: randomUUID(), summary, files };
}

/** The same texts would come of both: the model says again what it has said. */
export function isSame(a: Proposal, b: Proposal): boolean {
  return JSON.stringify(outcome(a)) === JSON.stringify(outcome(b));
}

/** The newer one changes what the older one changes, so it stands in its place. */
export function replaces(newer: Proposal, older: Proposal): boolean {
  return newer.files.some((file) => older.files.some((other) => changesSamePlace(file, other)));
}

/** `src/cart.ts`, or how many. */
export function filesNamed({ files }: Pick<Proposal, 'files'>): string {
  const [first] = files;
  return files.length === 1 && first !== undefined ? first.wanted.path : `${files.length} files`;
}

/** A place whose line shows the proposal for as long as it waits. */
export function proposedPlace({ id }: Proposal, place: NamedPlace): ProposedPlace {
  return { ...place, proposal: id };
}

const outcome = ({ files }: Proposal) =>
  files.map(({ wanted, base, text }) => [wanted.kind, wanted.uri.toString(), base, text]);
