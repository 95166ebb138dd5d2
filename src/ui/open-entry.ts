import * as vscode from 'vscode';
import type { Conversation } from '../conversations/conversation.ts';
import type { Gate } from '../gate/gate.ts';
import type { Proposals } from '../tools/proposal/proposals.ts';

/** Opens what an entry of the conversation names. */
export class EntryOpener {
  readonly #conversation: Conversation;
  readonly #gate: Pick<Gate, 'readable'>;
  readonly #proposals: Pick<Proposals, 'reveal'>;

  constructor(conversation: Conversation, gate: Pick<Gate, 'readable'>, proposals: Pick<Proposals, 'reveal'>) {
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
    const found = await this.#gate.readable(path);
    if ('refused' in found) {
      void vscode.window.showInformationMessage(found.refused);
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
