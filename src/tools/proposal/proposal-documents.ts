import * as vscode from 'vscode';
import type { Proposal } from './proposal.ts';
import type { ProposedFile } from './proposed-file.ts';

/** Documents that exist nowhere else: what a file would be if a proposal were accepted. */
export const PROPOSAL_SCHEME = 'talkthrough-proposal';

const NOTHING = 'nothing';

/** Gives VS Code's diff editor the texts of proposals. */
export class ProposalDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered: vscode.Disposable;

  constructor() {
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(PROPOSAL_SCHEME, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) => (uri.fragment === NOTHING ? '' : this.#texts.get(uri.toString())),
    });
  }

  put({ id, files }: Proposal): void {
    for (const file of files) {
      const { after } = sidesOf(id, file);
      this.#texts.set(after.toString(), file.text);
      this.#changed.fire(after);
    }
  }

  forget({ id, files }: Proposal): void {
    for (const file of files) this.#texts.delete(sidesOf(id, file).after.toString());
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}

/** What is compared: the file as it is, or nothing, with what it would be. */
export function sidesOf(id: string, { wanted }: ProposedFile): { before: vscode.Uri; after: vscode.Uri } {
  // The file's own path: it tells the language, and another one would look like a file that was renamed.
  const after = vscode.Uri.from({ scheme: PROPOSAL_SCHEME, path: wanted.uri.path, query: id });
  return { before: wanted.kind === 'create' ? after.with({ fragment: NOTHING }) : wanted.uri, after };
}

/** The id of the proposal whose document that is. */
export function proposalIdOf(uri: unknown): string | undefined {
  return uri instanceof vscode.Uri && uri.scheme === PROPOSAL_SCHEME ? uri.query : undefined;
}
