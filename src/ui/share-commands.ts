import * as vscode from 'vscode';
import type { ShareSource } from '../protocol/picture.ts';
import type { SurfaceHub } from '../surface/hub.ts';
import { revealView } from '../surface/panel-view.ts';
import type { SessionSharing } from '../talk/sharing/session-sharing.ts';
import type { Shares } from '../talk/sharing/shares.ts';
import { registerCommand } from './register-command.ts';

interface ShareParts {
  readonly prefix: string;
  readonly shares: Shares;
  readonly sharing: SessionSharing;
  readonly hub: SurfaceHub;
}

/** Sharing a screen or a camera by command: what Talkthrough sees from then on, until it is stopped. */
export class ShareCommands {
  readonly #parts: ShareParts;
  readonly #registered: vscode.Disposable[];

  constructor(parts: ShareParts) {
    this.#parts = parts;
    const { prefix, shares } = parts;
    this.#registered = [
      registerCommand(prefix, 'shareScreen', () => this.share('screen')),
      registerCommand(prefix, 'shareCamera', () => this.shareCamera()),
      registerCommand(prefix, 'stopSharing', () => shares.stopSharing()),
      registerCommand(prefix, 'stopSharingScreen', () => shares.stopSharing('screen')),
      registerCommand(prefix, 'stopSharingCamera', () => shares.stopSharing('camera')),
      registerCommand(prefix, 'focusScreen', () => shares.setFocus('screen')),
      registerCommand(prefix, 'focusCamera', () => shares.setFocus('camera')),
    ];
  }

  dispose(): void {
    for (const one of this.#registered) one.dispose();
  }

  /** @param device label of the camera; absent: the system's own */
  async share(source: ShareSource, device?: string): Promise<void> {
    // The view says what is shared, and may want the click that browsers ask for.
    await revealView(this.#parts.hub);
    await this.#parts.sharing.share(source, device);
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
