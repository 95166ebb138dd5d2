import * as vscode from 'vscode';
import type { Proposal } from './proposal.ts';

/** The proposals as commands and context keys need them. */
interface Offered {
  readonly waiting: readonly Proposal[];
  readonly active: Proposal | undefined;
  readonly onDidChange: vscode.Event<void>;
  accept(target?: unknown): Promise<void>;
  discard(target?: unknown): Promise<void>;
}

/** What package.json's buttons and keys depend on: that proposals wait, and that one is on screen. */
export const PROPOSAL_OPEN = 'talkthrough.proposalOpen';
export const PROPOSAL_ACTIVE = 'talkthrough.proposalActive';

/** Accept and Discard, as the buttons and keys of the diff editor and the palette call them. */
export function offerProposalCommands(proposals: Offered, prefix = 'talkthrough'): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(`${prefix}.acceptProposal`, (target?: unknown) => proposals.accept(target)),
    vscode.commands.registerCommand(`${prefix}.discardProposal`, (target?: unknown) => proposals.discard(target)),
  );
}

/** Keeps the context keys that buttons and keys depend on. */
export function keepProposalContext(proposals: Offered): vscode.Disposable {
  const known = new Map<string, boolean>();
  const keep = (): void => {
    set(PROPOSAL_OPEN, proposals.waiting.length > 0);
    set(PROPOSAL_ACTIVE, proposals.active !== undefined);
  };
  const set = (key: string, value: boolean): void => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  keep();
  const { tabGroups } = vscode.window;
  return vscode.Disposable.from(
    proposals.onDidChange(keep),
    tabGroups.onDidChangeTabs(keep),
    tabGroups.onDidChangeTabGroups(keep),
  );
}
