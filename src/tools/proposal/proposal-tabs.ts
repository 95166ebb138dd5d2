import * as vscode from 'vscode';
import type { Proposal } from './proposal.ts';
import { proposalIdOf, sidesOf } from './proposal-documents.ts';

/** A tab has little room. */
const MAX_TITLE_LENGTH = 60;
/** VS Code tells of a tab right after it was opened. Milliseconds. */
const TAB_EVENT_WAIT_MS = 3_000;

/**
 * Opens VS Code's own diff editor, of one file or of several, or brings it to the front where it is open already. Resolves
 * when its tab is known.
 */
export async function showDiff(proposal: Proposal): Promise<void> {
  await open(proposal);
  await untilInTab(proposal.id);
}

async function open({ id, summary, files }: Proposal): Promise<void> {
  const title = titleOf(summary);
  const [first, ...others] = files;
  if (first === undefined) return;
  if (others.length === 0) {
    const { before, after } = sidesOf(id, first);
    // The person may be typing elsewhere.
    const options: vscode.TextDocumentShowOptions = { preview: false, preserveFocus: true };
    await vscode.commands.executeCommand('vscode.diff', before, after, title, options);
    return;
  }
  const resources = files.map((file) => {
    const { before, after } = sidesOf(id, file);
    return [file.wanted.uri, before, after];
  });
  await vscode.commands.executeCommand('vscode.changes', title, resources);
  // Otherwise the next file that is looked at would take its place.
  await vscode.commands.executeCommand('workbench.action.keepEditor');
}

/** The proposal on screen in the editor that has the focus, or had it last. */
export function activeProposalId(): string | undefined {
  return proposalIdOfTab(vscode.window.tabGroups.activeTabGroup.activeTab);
}

export function isInTab(id: string): boolean {
  return tabsOf((other) => other === id).length > 0;
}

/** Closes the diffs of proposals that are over. */
export async function closeDiffs(isOver: (id: string) => boolean): Promise<void> {
  const tabs = tabsOf(isOver);
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}

function untilInTab(id: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (isInTab(id)) stop();
    };
    const stop = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(() => stop(), TAB_EVENT_WAIT_MS);
    const listener = vscode.window.tabGroups.onDidChangeTabs(look);
    look();
  });
}

function tabsOf(isWanted: (id: string) => boolean): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter((tab) => {
      const id = proposalIdOfTab(tab);
      return id !== undefined && isWanted(id);
    });
}

function proposalIdOfTab(tab: vscode.Tab | undefined): string | undefined {
  const input = tab?.input;
  if (input instanceof vscode.TabInputTextDiff) return proposalIdOf(input.modified);
  // VS Code does not name the class of tabs with several files yet, but gives what is in them.
  if (typeof input !== 'object' || input === null || !('textDiffs' in input) || !Array.isArray(input.textDiffs)) {
    return undefined;
  }
  const diffs: readonly unknown[] = input.textDiffs;
  for (const diff of diffs) {
    if (typeof diff === 'object' && diff !== null && 'modified' in diff) return proposalIdOf(diff.modified);
  }
  return undefined;
}

function titleOf(summary: string): string {
  const line = summary.replace(/\s+/g, ' ').trim();
  return `Proposed: ${line.length > MAX_TITLE_LENGTH ? `${line.slice(0, MAX_TITLE_LENGTH)}…` : line}`;
}
