import * as vscode from 'vscode';
import type { ShareSource } from '../protocol/picture.ts';
import type { Shares } from '../talk/sharing/shares.ts';
import type { RegisterCommand } from './register-command.ts';

interface ShareParts {
  readonly command: RegisterCommand;
  readonly shares: Shares;
  /** Makes the view visible: it says what is shared, and may want the click that browsers ask for. */
  reveal(): Promise<void>;
}

/** Sharing a screen or a camera by command: what Talkthrough sees from then on, until it is stopped. */
export class ShareCommands {
  readonly #parts: ShareParts;
  readonly #registered: vscode.Disposable[];

  constructor(parts: ShareParts) {
    this.#parts = parts;
    const { command, shares } = parts;
    this.#registered = [
      command('shareScreen', () => this.share('screen')),
      command('shareCamera', () => this.shareCamera()),
      command('stopSharing', () => shares.stopSharing()),
      command('stopSharingScreen', () => shares.stopSharing('screen')),
      command('stopSharingCamera', () => shares.stopSharing('camera')),
      command('focusScreen', () => shares.setFocus('screen')),
      command('focusCamera', () => shares.setFocus('camera')),
    ];
  }

  dispose(): void {
    for (const one of this.#registered) one.dispose();
  }

  /** @param device label of the camera; absent: the system's own */
  async share(source: ShareSource, device?: string): Promise<void> {
    await this.#parts.reveal();
    await this.#parts.shares.share(source, device);
  }

  /** Asks which, where several are known by name. */
  async shareCamera(): Promise<void> {
    const device = await chooseCamera(this.#parts.shares.cameras);
    if (device !== undefined) await this.share('camera', device);
  }
}

/**
 * Asks which camera, where there is a choice. Browsers tell names only once a camera was allowed: until then, and with
 * one camera, nothing is asked.
 *
 * @returns its label, empty for the system's own; nothing when the person gave up
 */
async function chooseCamera(labels: readonly string[]): Promise<string | undefined> {
  if (labels.length < 2) return '';
  const picked = await vscode.window.showQuickPick(
    [
      { label: '$(device-camera-video) System Default', device: '' },
      ...labels.map((device) => ({ label: `$(device-camera-video) ${device}`, device })),
    ],
    { title: 'Share Camera', placeHolder: 'Which camera should Gemini see?' },
  );
  return picked?.device;
}
