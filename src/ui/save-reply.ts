import * as vscode from 'vscode';
import { REPLY_RATE_HZ } from '../talk/sound/reply-audio.ts';
import type { SessionController } from '../talk/session-controller.ts';
import { wavFile } from '../talk/sound/wav.ts';

function suggestedName(now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-');
  return `talkthrough ${stamp}.wav`;
}

/** Asks where, and writes the newest reply there: WAV, PCM16, mono, 24 kHz. */
export async function saveLastReply(controller: SessionController): Promise<void> {
  const chunks = controller.lastReply;
  if (chunks.length === 0) {
    void vscode.window.showInformationMessage('There is no spoken reply to save yet.');
    return;
  }
  const name = suggestedName(new Date());
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'Save Last Reply as WAV',
    filters: { 'WAV sound': ['wav'] },
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, wavFile(chunks, REPLY_RATE_HZ));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    void vscode.window.showErrorMessage(`The reply could not be saved: ${reason}`);
  }
}
