import * as vscode from 'vscode';
import type { Gate } from '../../gate/gate.ts';
import { PROPOSAL_PROBLEMS } from '../../problems/decision-problems.ts';
import { Decisions, type Decision, showWritten, writeProposal } from './write-proposal.ts';
import { isSame, makeProposal, replaces, type Proposal } from './proposal.ts';
import { keepProposalContext, offerProposalCommands } from './proposal-commands.ts';
import { ProposalDocuments, proposalIdOf } from './proposal-documents.ts';
import { activeProposalId, closeDiffs, isInTab, showDiff } from './proposal-tabs.ts';
import { proposedFile, type ProposedFile, type WantedFile } from './proposed-file.ts';

export interface ProposalsOptions {
  readonly gate: Pick<Gate, 'mask' | 'writable'>;
  readonly workspace?: Pick<typeof vscode.workspace, 'isTrusted'>;
  /** How long a diff must have been on screen before Accept counts, milliseconds. */
  readonly readAfterMs?: number;
  /** What commands are called with. */
  readonly prefix?: string;
}

/** What has been on screen for less was not read: the key press was meant for what was there before. */
const READ_AFTER_MS = 700;

/** So many undecided ones at once nobody reads. */
const MAX_WAITING = 10;

/** Why a change is refused, in words for the model. */
const REFUSALS = {
  untrusted: 'The person has not trusted this workspace, so nothing in it is changed.',
  'not-taken': 'VS Code did not take the change. It still waits.',
} as const;

/** Changes that wait for the person's decision: shown in VS Code's diff editor, written by Accept, gone by Discard. */
export class Proposals implements vscode.Disposable {
  readonly #options: ProposalsOptions;
  readonly #workspace: Pick<typeof vscode.workspace, 'isTrusted'>;
  readonly #documents = new ProposalDocuments();
  readonly #decisions = new Decisions();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #registered: readonly { dispose(): unknown }[];
  /** By id, the oldest first. */
  readonly #waiting = new Map<string, Proposal>();
  readonly #deciding = new Set<string>();
  readonly #readAfterMs: number;
  #shownAtMs = -Infinity;
  /** One after the other: what is proposed at once must see each other. */
  #last: Promise<unknown> = Promise.resolve();
  /** What waits for a decision is not what it was. */
  readonly onDidChange = this.#changed.event;
  readonly #decided = new vscode.EventEmitter<string>();
  /** What became of proposals, in words for the model; the newest stands for all before it. */
  readonly onDidDecide = this.#decided.event;

  constructor(options: ProposalsOptions) {
    this.#options = options;
    this.#readAfterMs = options.readAfterMs ?? READ_AFTER_MS;
    this.#workspace = options.workspace ?? vscode.workspace;
    this.#registered = [
      this.#documents,
      this.#changed,
      this.#decided,
      offerProposalCommands(this, options.prefix),
      keepProposalContext(this),
    ];
    // Of a window before this one: nobody knows any more what they would write.
    void closeDiffs((id) => !this.#waiting.has(id));
  }

  get waiting(): readonly Proposal[] {
    return [...this.#waiting.values()];
  }

  /** The waiting one that is on screen. */
  get active(): Proposal | undefined {
    return this.#waiting.get(activeProposalId() ?? '');
  }

  /**
   * Shows what would become of files, all of it or nothing. What waits already is shown again; what it corrects is replaced.
   *
   * @returns `misses`: why nothing is proposed, for the model
   */
  propose(
    summary: string,
    wanted: readonly WantedFile[],
    signal: AbortSignal,
  ): Promise<Proposal | { readonly misses: string }> {
    const proposed = this.#last.then(() => this.#propose(summary, wanted, signal));
    this.#last = proposed.catch(() => undefined);
    return proposed;
  }

  /**
   * Writes a proposal that the person has on screen, if its files are still what they were shown. One that is not on screen,
   * or not any more what was read, is shown instead.
   *
   * @param target its id, a document of it, or nothing for the one on screen
   */
  async accept(target?: unknown): Promise<void> {
    const proposal = this.#find(target);
    if (proposal === undefined || !isInTab(proposal.id)) return this.#showAgain(proposal);
    if (performance.now() - this.#shownAtMs < this.#readAfterMs) {
      // A press that does nothing must say so.
      void vscode.window.showInformationMessage(PROPOSAL_PROBLEMS['just-appeared']());
      return;
    }
    await this.#decide(proposal, () => this.#accept(proposal));
  }

  /** As for `accept`, but one that is nowhere on screen may be discarded by its id. */
  async discard(target?: unknown): Promise<void> {
    const proposal = this.#find(target);
    if (proposal === undefined) return this.#showAgain(undefined);
    await this.#decide(proposal, () => this.#end(proposal, { kind: 'discarded' }));
  }

  /** Brings that proposal to the front; false when it does not wait any more. */
  async reveal(id: string): Promise<boolean> {
    const proposal = this.#waiting.get(id);
    if (proposal !== undefined) await this.#showDiff(proposal);
    return proposal !== undefined;
  }

  dispose(): void {
    this.#waiting.clear();
    for (const one of this.#registered) one.dispose();
  }

  async #showDiff(proposal: Proposal): Promise<void> {
    // From when it begins to appear until it stands: a press in between was not meant for it either.
    this.#shownAtMs = performance.now();
    await showDiff(proposal);
    this.#shownAtMs = performance.now();
  }

  async #propose(summary: string, wanted: readonly WantedFile[], signal: AbortSignal) {
    if (!this.#workspace.isTrusted) return { misses: REFUSALS.untrusted };
    const { misses, files } = await this.#proposedFiles(wanted);
    if (misses !== undefined) return { misses };
    if (files.every(({ wanted: { kind }, base, text }) => kind === 'edit' && base === text)) {
      return { misses: 'That changes nothing: the text is already so.' };
    }
    if (signal.aborted) return { misses: 'Nobody waits for it any more.' };
    const proposal = makeProposal(summary, files);
    const same = this.waiting.find((other) => isSame(other, proposal));
    if (same !== undefined) {
      await this.#showDiff(same);
      return same;
    }
    for (const older of this.waiting) if (replaces(proposal, older)) await this.#end(older, { kind: 'replaced' });
    const [oldest] = this.waiting;
    if (oldest !== undefined && this.#waiting.size >= MAX_WAITING) await this.#end(oldest, { kind: 'crowded-out' });
    this.#put(proposal);
    await this.#showDiff(proposal);
    return proposal;
  }

  async #accept(proposal: Proposal): Promise<void> {
    if (!this.#workspace.isTrusted) {
      this.#refuse(proposal, 'untrusted');
      return;
    }
    const { misses, files } = await this.#proposedFiles(proposal.files.map(({ wanted }) => wanted));
    if (misses !== undefined) {
      await this.#end(proposal, { kind: 'unfit', why: misses });
      const paths = proposal.files.map(({ wanted }) => wanted.path).join(', ');
      void vscode.window.showWarningMessage(PROPOSAL_PROBLEMS.unfit({ paths }));
      return;
    }
    const known = new Map(proposal.files.map(({ wanted, base }) => [wanted, base]));
    const paths = files.filter(({ wanted, base }) => known.get(wanted) !== base).map(({ wanted }) => wanted.path);
    if (paths.length > 0) {
      // Never written unseen: it fits, but not what was read.
      const renewed: Proposal = { ...proposal, files };
      this.#put(renewed);
      await this.#showDiff(renewed);
      this.#decided.fire(this.#decisions.made(renewed, { kind: 'changed', paths }));
      void vscode.window.showInformationMessage(PROPOSAL_PROBLEMS.changed({ paths: paths.join(', ') }));
      return;
    }
    const written = await writeProposal(files);
    if (written === undefined) {
      this.#refuse(proposal, 'not-taken');
      return;
    }
    // VS Code refuses where another editor is opened in the same moment: then that is what the person wants to see.
    await showWritten(files).catch(() => undefined);
    await this.#end(proposal, { kind: 'accepted', ...written });
  }

  /** All of them as they would be, or why one cannot be. Looked at through the gate each time: links may have changed. */
  async #proposedFiles(
    all: readonly WantedFile[],
  ): Promise<{ misses: string; files?: never } | { misses?: never; files: readonly ProposedFile[] }> {
    const { gate } = this.#options;
    const found = await Promise.all(
      all.map(async (wanted) => {
        const place = await gate.writable(wanted.path);
        if ('refused' in place) return { miss: place.refused };
        if (place.uri.toString() !== wanted.uri.toString()) return { miss: `${wanted.path} leads elsewhere now.` };
        return proposedFile(wanted, (text) => gate.mask(text));
      }),
    );
    const misses = found.flatMap((one) => ('miss' in one ? [one.miss] : []));
    if (misses.length > 0) return { misses: misses.join('\n') };
    return { files: found.flatMap((one) => ('miss' in one ? [] : [one])) };
  }

  #put(proposal: Proposal): void {
    this.#waiting.set(proposal.id, proposal);
    this.#documents.put(proposal);
    this.#changed.fire();
  }

  async #end(proposal: Proposal, decision: Decision): Promise<void> {
    this.#waiting.delete(proposal.id);
    this.#decided.fire(this.#decisions.made(proposal, decision));
    this.#changed.fire();
    await closeDiffs((id) => id === proposal.id);
    this.#documents.forget(proposal);
  }

  #refuse(proposal: Proposal, code: keyof typeof REFUSALS): void {
    this.#decided.fire(this.#decisions.made(proposal, { kind: 'refused', why: REFUSALS[code] }));
    void vscode.window.showErrorMessage(PROPOSAL_PROBLEMS[code]());
  }

  /** A second key press while the first is carried out does nothing. */
  async #decide({ id }: Proposal, carryOut: () => Promise<void>): Promise<void> {
    if (this.#deciding.has(id)) return;
    this.#deciding.add(id);
    try {
      await carryOut();
    } finally {
      this.#deciding.delete(id);
    }
  }

  #find(target: unknown): Proposal | undefined {
    const id = typeof target === 'string' ? target : (proposalIdOf(target) ?? activeProposalId());
    return id === undefined ? undefined : this.#waiting.get(id);
  }

  async #showAgain(proposal = this.waiting.at(-1)): Promise<void> {
    if (proposal !== undefined) await this.#showDiff(proposal);
  }
}
