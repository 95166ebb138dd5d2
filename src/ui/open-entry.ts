import * as vscode from 'vscode';
import type { Conversation } from '../conversations/conversation.ts';
import type { Gate } from '../gate/gate.ts';
import { COMMAND_PROBLEMS } from '../problems/command-problems.ts';
import type { Proposals } from '../tools/proposal/proposals.ts';
import { shown } from '../tools/shown-path.ts';

/** Opens what an entry of the conversation names. */
export class EntryOpener {
  readonly #conversation: Conversation;
  readonly #gate: Pick<Gate, 'writable'>;
  readonly #proposals: Pick<Proposals, 'reveal'>;

  constructor(conversation: Conversation, gate: Pick<Gate, 'writable'>, proposals: Pick<Proposals, 'reveal'>) {
    this.#conversation = conversation;
    this.#gate = gate;
    this.#proposals = proposals;
  }

  /**
   * The name came from the model: what it may not read is not opened by its line either, since a file that the person has
   * open counts as shown to it.
   */
  async open(id: string): Promise<void> {
    const entry = this.#conversation.entries.find((one) => one.id === id);
    if (entry?.kind !== 'tool' || entry.opens === undefined) return;
    const { opens } = entry;
    const { path, line, endLine } = opens;
    // A change that waits for a decision is what its own line is about; other lines are about the file.
    if ('proposal' in opens && (await this.#proposals.reveal(opens.proposal))) return;
    // `readable` judges the same, but does not tell what is missing from what is withheld.
    const found = await this.#gate.writable(path);
    if ('refused' in found || !found.exists) {
      // The person gets a sentence of their own: the refusal speaks to the model.
      const code = 'refused' in found ? 'file-withheld' : 'file-missing';
      void vscode.window.showInformationMessage(COMMAND_PROBLEMS[code]({ path: shown(path) }));
      return;
    }
    const selection =
      line === undefined
        ? undefined
        : new vscode.Range(Math.max(0, line - 1), 0, Math.max(0, (endLine ?? line) - 1), 0);
    await vscode.commands.executeCommand('vscode.open', found.uri, {
      preview: true,
      ...(selection !== undefined && { selection }),
    });
  }
}
