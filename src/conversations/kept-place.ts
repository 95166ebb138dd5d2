import * as vscode from 'vscode';

/** Where a conversation is kept. */
export interface KeptPlace {
  /** What was written last; nothing when nothing was. */
  read(): Promise<Uint8Array | undefined>;
  /** Replaces it whole or not at all. */
  write(bytes: Uint8Array): Promise<void>;
}

/** A file in the workspace's own storage. */
export function fileIn(folder: vscode.Uri): KeptPlace {
  const file = vscode.Uri.joinPath(folder, 'conversation.json');
  const draft = vscode.Uri.joinPath(folder, 'conversation.json.new');
  return {
    async read() {
      try {
        return await vscode.workspace.fs.readFile(file);
      } catch {
        return undefined;
      }
    },
    async write(bytes) {
      await vscode.workspace.fs.createDirectory(folder);
      await vscode.workspace.fs.writeFile(draft, bytes);
      await vscode.workspace.fs.rename(draft, file, { overwrite: true });
    },
  };
}

/** A window without a folder has no storage folder of its own, but a memory that outlives a reload. */
export function memoryOf(memento: vscode.Memento): KeptPlace {
  const KEY = 'talkthrough.conversation';
  return {
    read() {
      const text = memento.get<string>(KEY);
      return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
    },
    async write(bytes) {
      await memento.update(KEY, new TextDecoder().decode(bytes));
    },
  };
}
