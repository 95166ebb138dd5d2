import * as vscode from 'vscode';
import type { Conversation } from './conversation.ts';
import { readKept, writeKept } from './kept-conversation.ts';

/** A reload may come at any moment, so the file trails the conversation by no more than this. */
const WRITE_AFTER_MS = 500;

/** Keeps the conversation in the workspace's own storage, so that a reload or a crash of the window loses nothing said. */
export class ConversationKeeper implements vscode.Disposable {
  private readonly folder: vscode.Uri;
  private readonly conversation: Conversation;
  private readonly log: vscode.LogOutputChannel;
  private readonly listener: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(folder: vscode.Uri, conversation: Conversation, log: vscode.LogOutputChannel) {
    this.folder = folder;
    this.conversation = conversation;
    this.log = log;
    this.listener = conversation.onDidChange(() => {
      this.timer ??= setTimeout(() => void this.flush(), WRITE_AFTER_MS);
    });
  }

  /** Brings back what was kept; says so in the conversation when a session was cut off by the window's end. */
  async restore(): Promise<void> {
    let bytes: Uint8Array;
    try {
      bytes = await vscode.workspace.fs.readFile(this.file);
    } catch {
      return; // Nothing was kept yet.
    }
    try {
      const { entries, cutOff } = readKept(bytes);
      // Whatever was said while the file was read comes after it.
      this.conversation.replace([...entries, ...this.conversation.entries]);
      if (cutOff) this.conversation.notice('VS Code was closed or restarted, which ended the session.');
    } catch (cause) {
      this.log.warn('the kept conversation could not be read, a new one begins', String(cause));
    }
  }

  /** Writes what has not been written yet. One write at a time; the file is replaced whole or not at all. */
  flush(): Promise<void> {
    if (this.timer !== undefined) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.writing = this.writing.then(() => this.write());
    }
    return this.writing;
  }

  dispose(): void {
    this.listener.dispose();
    void this.flush();
  }

  private get file(): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, 'conversation.json');
  }

  private async write(): Promise<void> {
    const draft = vscode.Uri.joinPath(this.folder, 'conversation.json.new');
    try {
      await vscode.workspace.fs.createDirectory(this.folder);
      await vscode.workspace.fs.writeFile(draft, writeKept(this.conversation.entries));
      await vscode.workspace.fs.rename(draft, this.file, { overwrite: true });
    } catch (cause) {
      this.log.warn('the conversation could not be kept', String(cause));
    }
  }
}
