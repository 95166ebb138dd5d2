import * as vscode from 'vscode';

/** What commands and context keys need of the proposals. */
interface Decisions {
  readonly waiting: readonly unknown[];
  readonly active: unknown;
  readonly onDidChange: vscode.Event<unknown>;
  accept(target: unknown): unknown;
  discard(target: unknown): unknown;
}

/** Offers a command by its name without prefix. What menus hand over is looked at by the command. */
export type OfferCommand = (name: string, run: (...args: unknown[]) => unknown) => vscode.Disposable;

/** What package.json's buttons and keys depend on: that proposals wait, and that one is on screen. */
export const PROPOSAL_OPEN = 'talkthrough.proposalOpen';
export const PROPOSAL_ACTIVE = 'talkthrough.proposalActive';

const offerCommand: OfferCommand = (name, run) => vscode.commands.registerCommand(`talkthrough.${name}`, run);

/** Accept and Discard, as the buttons and keys of the diff editor and the palette call them. */
export function offerProposalCommands(proposals: Decisions, offer: OfferCommand = offerCommand): vscode.Disposable {
  return vscode.Disposable.from(
    offer('acceptProposal', (target) => proposals.accept(target)),
    offer('discardProposal', (target) => proposals.discard(target)),
  );
}

/** Keeps the context keys that buttons and keys depend on. */
export function keepProposalContext(proposals: Decisions): vscode.Disposable {
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
