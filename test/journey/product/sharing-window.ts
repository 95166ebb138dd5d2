// A window in which a tab of known text can be shared, and a camera that is held at a sheet, by panel or by page.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { silence } from '../../live-server/index.ts';
import { cameraFilm } from '../../sight/camera-film.ts';
import { startTextPictures } from '../../sight/text-picture.ts';
import { eventually } from './eventually.ts';
import { openSights, watchCaptures } from './open-captures.ts';
import { serveSheet, SHEET_PX, SHEET_TITLE, type SharedSheet, type SheetTab } from './shared-sheet.ts';
import { card, type Surface } from './sights.ts';
import { Talkthrough } from './talkthrough.ts';

/** What stands on the sheet before the camera. */
export const CAMERA_TEXT = 'Serial number 4711\nWing nuts and washers\nTighten by hand';
export const CAMERA_PX = { width: 1280, height: 720 } as const;

export class SharingWindow {
  readonly talk: Talkthrough;
  readonly #sheet: SharedSheet;
  readonly #folder: string;
  tab: SheetTab;
  /** The page in the browser, where only that may capture. */
  page: Page | undefined;

  private constructor(talk: Talkthrough, sheet: SharedSheet, folder: string, tab: SheetTab) {
    this.talk = talk;
    this.#sheet = sheet;
    this.#folder = folder;
    this.tab = tab;
  }

  /** @param mediaDenied the panel may not capture, as on the desktop: the page does */
  static async open(journey: string, mediaDenied: boolean): Promise<SharingWindow> {
    const folder = await mkdtemp(join(tmpdir(), 'talkthrough-camera-'));
    const file = join(folder, 'sheet.mjpeg');
    const pictures = await startTextPictures();
    const size = { widthPx: CAMERA_PX.width, heightPx: CAMERA_PX.height };
    await writeFile(file, await cameraFilm(pictures, { text: CAMERA_TEXT, typePx: 36, ...size }));
    await pictures.close();
    const sheet = await serveSheet();
    const talk = await Talkthrough.open({
      journey,
      mediaDenied,
      // Nobody speaks, and everybody can be heard to say nothing.
      says: silence(1_000, 48_000),
      camera: { kind: 'film', file },
      screen: { kind: 'tab', title: SHEET_TITLE },
      settings: { 'talkthrough.picture.detail': 'high', 'talkthrough.microphone.processing': false },
      // The second connection stands unanswered until the test lets it go: so long the session is not there.
      server: { script: { connections: [{}, { setup: 'never' }], further: {} } },
    });
    await watchCaptures(talk.window.browser.context);
    return new SharingWindow(talk, sheet, folder, await sheet.open(talk));
  }

  /** Where the person sees what is shared and clicks to share it. */
  get surface(): Surface {
    return this.page ?? this.talk.view;
  }

  /** Presses the button of the surface that captures; where the browser wants another click it is given. */
  async share(source: 'screen' | 'camera'): Promise<void> {
    await this.surface.getByRole('button', { name: source === 'screen' ? 'Share Screen…' : 'Share Camera…' }).click();
    await this.untilOn(source);
  }

  /** Waits until a share is on; clicks where the browser waits for a click. */
  async untilOn(source: 'screen' | 'camera'): Promise<void> {
    const shown = card(this.surface, source);
    const on = this.surface.locator(`.card[data-source="${source}"][data-state="on"]`);
    const choose = shown.getByRole('button', { name: /^Click to/ });
    await on.or(choose).first().waitFor();
    if (await choose.isVisible()) await choose.click();
    await on.waitFor();
  }

  /** Waits until the tab is seen in the size it was given; a page that opens or is clicked gives its own to the window. */
  async untilWhole(): Promise<void> {
    const facts = card(this.surface, 'screen').locator('.picture-facts').first();
    const whole = facts.filter({ hasText: `${SHEET_PX.width} × ${SHEET_PX.height} px` });
    let resizedAtMs = -Infinity;
    await eventually('the whole tab is seen', async () => {
      // A frame of the new size comes within a second.
      if (performance.now() - resizedAtMs > 2_500) {
        await this.tab.resize();
        resizedAtMs = performance.now();
      }
      return whole.isVisible();
    });
  }

  /** Screens and cameras that are captured in the whole browser. */
  async captured(): Promise<number> {
    const counts = await Promise.all(this.talk.window.browser.context.pages().map(openSights));
    return counts.reduce((sum, one) => sum + one, 0);
  }

  /** The tab that can be shared, after it was closed. */
  async reopenTab(): Promise<void> {
    this.tab = await this.#sheet.open(this.talk);
  }

  async close(): Promise<void> {
    await this.talk.close();
    await this.#sheet.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
