import type * as vscode from 'vscode';
import type { StillMessage } from '../../protocol/messages.ts';
import type { ShareSource } from '../../protocol/picture.ts';
import type { SurfaceHub } from '../../surface/hub.ts';
import { openView } from '../../surface/panel-view.ts';
import type { SessionController } from '../session-controller.ts';
import type { Shares } from './shares.ts';
import type { PictureFile, StillOutcome } from './stills.ts';

/** Shows something to the model, and begins a session for it where none runs. */
export class SessionSharing implements vscode.Disposable {
  readonly #controller: SessionController;
  readonly #shares: Shares;
  readonly #hub: SurfaceHub;
  readonly #listeners: readonly vscode.Disposable[];

  constructor(controller: SessionController, hub: SurfaceHub) {
    this.#controller = controller;
    this.#shares = controller.parts.shares;
    this.#hub = hub;
    const { stills } = this.#shares;
    this.#listeners = [
      this.#shares.onDidChooseCamera((label) => void this.share('camera', label)),
      this.#shares.onDidCancelReason(() => void controller.stop()),
      stills.onDidPaste(async (still) => {
        const outcome = await this.#send(still);
        if (outcome !== 'sent') stills.fail(still.name, outcome);
      }),
    ];
  }

  /**
   * Shares a screen or a camera, and opens the page where only that may capture.
   *
   * @param device label of the camera, empty for the system's own; absent: the one chosen in the page
   */
  async share(source: ShareSource, device?: string): Promise<void> {
    const request = this.#shares.request(source, device);
    await this.#controller.start();
    await this.#shares.settle(request);
  }

  /** Shows one picture, once, as sharp as the service takes it. */
  async showStill(file: PictureFile): Promise<StillOutcome> {
    await openView(this.#hub);
    const still = await this.#shares.stills.prepare(file);
    return typeof still === 'string' ? still : this.#send(still);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  async #send(still: StillMessage): Promise<StillOutcome> {
    await this.#controller.start();
    return this.#shares.sendStill(still);
  }
}
