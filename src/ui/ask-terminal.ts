import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { inOneLine } from '../editor/quoted-lines.ts';
import { noSubject, type NoSubject } from '../problems/ask-problems.ts';
import { SUBJECT_BUDGET, type AskGate, type AskSubject } from './ask-subject.ts';

/**
 * What is selected in the terminal. VS Code has no stable API that tells it (`Terminal.selection` is a proposal), so it is
 * copied by VS Code's own command, read from the clipboard, and what was on the clipboard is put back.
 */
export async function terminalSubject(gate: Pick<AskGate, 'mask'>): Promise<AskSubject | NoSubject> {
  const text = await copiedSelection();
  if (text.trim() === '') return noSubject({ code: 'no-output-selected' });
  const name = vscode.window.activeTerminal?.name ?? 'the terminal';
  const lines = gate
    .mask(text)
    .split(/\r\n|\n|\r/)
    // Each behind a bar, so that nothing that was printed can pass for a line of Talkthrough's own.
    .map((line) => `| ${inOneLine(line, 400)}`);
  // What went wrong is said at the end.
  const kept: string[] = [];
  let left = SUBJECT_BUDGET;
  for (const line of lines.toReversed()) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.unshift(line);
  }
  const cut = kept.length < lines.length ? `(the first ${lines.length - kept.length} lines are left out)\n` : '';
  return {
    name: `the selection in ${name}`,
    about: `The person asks about this output of the terminal ${JSON.stringify(name)}; "this" means it:\n${cut}${kept.join('\n')}`,
  };
}

async function copiedSelection(): Promise<string> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  // Where nothing is selected, nothing is copied: this is still there then.
  const nothing = `talkthrough ${randomUUID()}`;
  try {
    await clipboard.writeText(nothing);
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    const copied = await clipboard.readText();
    return copied === nothing ? '' : copied;
  } finally {
    await clipboard.writeText(before);
  }
}
