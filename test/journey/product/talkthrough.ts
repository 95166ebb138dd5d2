// Talkthrough as a person meets it: the view, its words and buttons, in a VS Code where the .vsix is installed.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import {
  encodeWav,
  LOCAL_API_KEY,
  startLiveServer,
  type LiveServer,
  type LiveServerOptions,
} from '../../live-server/index.ts';
import type { Settings } from '../../vscode-host/workbench-settings.ts';
import type { MicrophonePlan } from '../../vscode-host/media-plan.ts';
import { projectRoot } from '../../vscode-host/project-root.ts';
import { packageFile } from '../../setup/package-vsix.ts';
import { runCommand } from '../harness/command-palette.ts';
import { quickInput } from '../harness/quick-input.ts';
import { openWindow, type VsCodeWindow, type WindowPlan } from '../harness/vscode-window.ts';
import { webview } from '../harness/webview.ts';

export const EXTENSION = 'talkthrough.talkthrough';

/** An entry of the conversation as it reads on screen. */
export interface ShownEntry {
  readonly kind: 'person' | 'reply' | 'notice';
  /** What is shown as said or heard. */
  readonly text: string;
  /** What is shown as still to be heard. */
  readonly unheard: string;
  readonly interrupted: boolean;
}

export interface TalkthroughPlan extends Partial<Omit<WindowPlan, 'journey' | 'settings' | 'microphone'>> {
  readonly journey: string;
  /** What the local Live server does; or how it is started, where an assistant answers. */
  readonly server: LiveServerOptions | (() => Promise<LiveServer>);
  /** Mono PCM16 at 48 kHz: what the microphone hears, from the moment it is opened. */
  readonly says?: Int16Array;
  readonly microphone?: MicrophonePlan;
  readonly settings?: Settings;
  /** Puts more into the copy of the sample workspace before it is opened. @param workspace absolute path */
  readonly prepare?: (workspace: string) => Promise<void>;
}

/** A window with Talkthrough in it and the local Live server behind it. */
export class Talkthrough {
  readonly window: VsCodeWindow;
  readonly server: LiveServer;
  /** A copy of the sample workspace, open in the window. */
  readonly workspace: string;
  readonly #folder: string;

  private constructor(window: VsCodeWindow, server: LiveServer, workspace: string, folder: string) {
    this.window = window;
    this.server = server;
    this.workspace = workspace;
    this.#folder = folder;
  }

  static async open(plan: TalkthroughPlan): Promise<Talkthrough> {
    const { server: serverOptions, says, microphone, settings, prepare, ...rest } = plan;
    const folder = await mkdtemp(join(tmpdir(), 'talkthrough-journey-'));
    const server = await (typeof serverOptions === 'function' ? serverOptions() : startLiveServer(serverOptions));
    try {
      const file = join(folder, 'microphone.wav');
      if (says !== undefined) await writeFile(file, encodeWav({ pcm16: says, rateHz: 48_000 }));
      const workspace = join(folder, 'corner-shop');
      await cp(join(projectRoot, 'test', 'sample-workspace'), workspace, { recursive: true });
      await prepare?.(workspace);
      const window = await openWindow({
        folder: workspace,
        extensions: [packageFile],
        ...rest,
        ...(microphone !== undefined ? { microphone } : says !== undefined && { microphone: { kind: 'wav', file } }),
        settings: { 'talkthrough.baseUrl': server.baseUrl, ...settings },
      });
      return new Talkthrough(window, server, workspace, folder);
    } catch (error) {
      await server.close();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get view(): FrameLocator {
    return webview(this.window.page, EXTENSION);
  }

  /** Runs one of Talkthrough's commands by its title. */
  async command(title: string): Promise<void> {
    await runCommand(this.window.page, `Talkthrough: ${title}`);
  }

  /** Answers the first question of all with a Gemini API key. */
  async enterKey(key: string = LOCAL_API_KEY): Promise<void> {
    await (await quickInput(this.window.page, /Set Up Talkthrough/)).choose('Gemini API key');
    await (await quickInput(this.window.page, /Gemini API Key/)).answer(key);
  }

  /** Starts a session by the command, with a key that is entered on the way. */
  async startWithKey(): Promise<void> {
    await this.command('Start Live Session');
    await this.enterKey();
  }

  /** Waits until the view's header says this. */
  async state(word: RegExp): Promise<void> {
    await this.view.locator('.state-word').filter({ hasText: word }).waitFor();
  }

  /** Waits for a problem shown in the view; returns its sentence. */
  async problem(code: string, timeoutMs?: number): Promise<string> {
    const card = this.problemCard(code);
    await card.waitFor(timeoutMs === undefined ? {} : { timeout: timeoutMs });
    return (await card.locator('.problem-sentence').innerText()).trim();
  }

  problemCard(code: string): Locator {
    return this.view.locator(`.problem[data-code="${code}"]`);
  }

  async press(label: string | RegExp): Promise<void> {
    await this.view.getByRole('button', { name: label }).first().click();
  }

  async type(text: string): Promise<void> {
    const box = this.view.getByRole('textbox');
    await box.fill(text);
    await box.press('Enter');
  }

  /** The conversation as it stands on screen. */
  async transcript(): Promise<ShownEntry[]> {
    return Promise.all((await this.view.locator('.entry').all()).map(readEntry));
  }

  /** Waits until an entry of that kind shows text that matches. */
  async entry(kind: ShownEntry['kind'], text: RegExp, timeoutMs = 30_000): Promise<void> {
    const where = kind === 'reply' ? '.heard' : kind === 'person' ? '.entry-text' : '';
    const entries = this.view.locator(`.entry.${kind} ${where}`.trim());
    await entries.filter({ hasText: text }).first().waitFor({ timeout: timeoutMs });
  }

  screenshot(name: string): Promise<string> {
    return this.window.screenshot(name);
  }

  async close(): Promise<void> {
    await this.window.close();
    await this.server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function readEntry(entry: Locator): Promise<ShownEntry> {
  const words = async (selector: string) => ((await entry.locator(selector).textContent()) ?? '').trim();
  const classes = (await entry.getAttribute('class')) ?? '';
  if (classes.includes('notice')) {
    return { kind: 'notice', text: ((await entry.textContent()) ?? '').trim(), unheard: '', interrupted: false };
  }
  if (classes.includes('person')) {
    return { kind: 'person', text: await words('.entry-text'), unheard: '', interrupted: false };
  }
  const interrupted = await entry.locator('.interrupted').isVisible();
  return { kind: 'reply', text: await words('.heard'), unheard: await words('.unheard'), interrupted };
}
