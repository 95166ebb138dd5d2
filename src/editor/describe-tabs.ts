import * as vscode from 'vscode';
import type { Gate } from '../gate/gate.ts';
import { inOneLine } from './quoted-lines.ts';

const MAX_TABS = 30;
const MAX_NAME_LENGTH = 120;

/** Other open tabs by their names, those of the active group first. @param budget UTF-16 units */
export function describeTabs(
  gate: Pick<Gate, 'relative'>,
  shown: vscode.TextEditor | undefined,
  budget: number,
): string | undefined {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const groups = [activeTabGroup, ...all.filter((group) => group !== activeTabGroup)];
  const tabs = groups.flatMap((group) => group.tabs).filter((tab) => !(tab.isActive && tab.group.isActive));
  const names = new Set(tabs.filter((tab) => !isTabOf(tab, shown)).map((tab) => tabName(gate, tab)));
  if (names.size === 0) return undefined;
  const heading = 'Other open tabs: ';
  const told: string[] = [];
  let left = budget - heading.length - 20;
  for (const name of names) {
    if (told.length === MAX_TABS || name.length + 2 > left) break;
    left -= name.length + 2;
    told.push(name);
  }
  const missing = names.size - told.length;
  if (told.length === 0) return undefined;
  return `${heading}${told.join(', ')}${missing > 0 ? `, and ${missing} more` : ''}.`;
}

function isTabOf({ input }: vscode.Tab, shown: vscode.TextEditor | undefined): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === shown?.document.uri.toString();
}

function tabName(gate: Pick<Gate, 'relative'>, { input, label, isDirty }: vscode.Tab): string {
  const isFile =
    input instanceof vscode.TabInputText ||
    input instanceof vscode.TabInputCustom ||
    input instanceof vscode.TabInputNotebook;
  const name = (isFile ? gate.relative(input.uri) : undefined) ?? label;
  return `${inOneLine(name, MAX_NAME_LENGTH)}${isDirty ? ' (not saved)' : ''}`;
}
