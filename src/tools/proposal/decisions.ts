import type { Proposal } from './proposal.ts';

/** What became of a proposal. */
export type Decision =
  | { readonly kind: 'accepted'; readonly unsaved: readonly string[] }
  | { readonly kind: 'discarded' }
  /** The file is not what it was any more, but the change still fits: it waits to be read again. */
  | { readonly kind: 'changed'; readonly paths: readonly string[] }
  | { readonly kind: 'unfit'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'crowded-out' };

/** Told again with each new one: a model that missed one, or begins anew, knows how things stand. */
const MAX_RECENT = 3;

/** What the model is told of the person's decisions: the newest, and those just before. */
export class Decisions {
  readonly #recent: string[] = [];

  /** @returns a note for the session; the newest stands for all before it */
  made({ summary, files }: Proposal, decision: Decision): string {
    const paths = files.map(({ wanted }) => wanted.path).join(', ');
    this.#recent.unshift(`${JSON.stringify(summary)} (${paths}): ${sentence(decision)}`);
    this.#recent.splice(MAX_RECENT);
    return `What became of the changes you proposed, the newest first:\n${this.#recent.join('\n')}`;
  }
}

function sentence(decision: Decision): string {
  switch (decision.kind) {
    case 'accepted':
      return decision.unsaved.length === 0
        ? 'The person accepted it. It is written and saved.'
        : `The person accepted it. It is written, but not saved in ${decision.unsaved.join(', ')}, where there were unsaved changes.`;
    case 'discarded':
      return 'The person discarded it. Nothing was changed. Do not propose it again unless they ask.';
    case 'changed':
      return `The person wanted to accept it, but ${decision.paths.join(', ')} had changed. It still fits and is shown to them again; nothing is written yet.`;
    case 'unfit':
      return `It could not be accepted any more, and nothing was changed. ${decision.why}`;
    case 'refused':
      return `It was not written. ${decision.why}`;
    case 'replaced':
      return 'A newer proposal of yours for the same place took its place. Nothing was changed by this one.';
    case 'crowded-out':
      return 'It was dropped undecided, because too many others wait. Nothing was changed.';
  }
}
