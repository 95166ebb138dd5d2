import * as vscode from 'vscode';
import type { ThemeKind, ThemeMessage } from '../../protocol/messages.ts';
import type { SurfaceHub } from '../hub.ts';
import type { Surface } from '../surface.ts';

const DEVICES_KEY = 'talkthrough.page.devices';

interface Devices {
  readonly microphone: string;
  readonly loudspeaker: string;
  readonly camera: string;
}

/** What a page is told besides the conversation: how VS Code looks, where it belongs, which devices were chosen. */
export class PageContext implements vscode.Disposable {
  readonly #hub: SurfaceHub;
  readonly #memory: vscode.Memento;
  readonly #listeners: vscode.Disposable[];
  /** As the panel reads it; until one has, only the kind is known. */
  #panelTheme: ThemeMessage | undefined;

  constructor(hub: SurfaceHub, memory: vscode.Memento) {
    this.#hub = hub;
    this.#memory = memory;
    this.#listeners = [
      hub.onDidJoin((surface) => this.#tellAll(surface)),
      hub.on('panelTheme', ({ kind, variables }) => {
        this.#panelTheme = { type: 'theme', kind, variables };
        this.#tellPages(this.#panelTheme);
      }),
      hub.on('chooseDevice', ({ device, label }) => void this.#choose({ [device]: label })),
      vscode.window.onDidChangeActiveColorTheme(() => this.#tellPages(this.#theme)),
    ];
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  /** Label of the camera that was chosen in a page; empty for the system's own. */
  get camera(): string {
    return this.#devices.camera;
  }

  get #theme(): ThemeMessage {
    const kind = themeKind(vscode.window.activeColorTheme.kind);
    return this.#panelTheme?.kind === kind ? this.#panelTheme : { type: 'theme', kind, variables: {} };
  }

  get #devices(): Devices {
    return { microphone: '', loudspeaker: '', camera: '', ...this.#memory.get<Partial<Devices>>(DEVICES_KEY) };
  }

  async #choose(changed: Partial<Devices>): Promise<void> {
    await this.#memory.update(DEVICES_KEY, { ...this.#devices, ...changed });
    this.#tellPages({ type: 'devices', ...this.#devices });
  }

  #tellAll(surface: Surface): void {
    if (surface.kind !== 'page') return;
    surface.post(this.#theme);
    surface.post({ type: 'workspaceName', workspace: vscode.workspace.name ?? '' });
    surface.post({ type: 'devices', ...this.#devices });
  }

  #tellPages(message: Parameters<Surface['post']>[0]): void {
    this.#hub.broadcast(message, 'page');
  }
}

function themeKind(kind: vscode.ColorThemeKind): ThemeKind {
  switch (kind) {
    case vscode.ColorThemeKind.Light:
      return 'light';
    case vscode.ColorThemeKind.Dark:
      return 'dark';
    case vscode.ColorThemeKind.HighContrast:
      return 'high-contrast';
    case vscode.ColorThemeKind.HighContrastLight:
      return 'high-contrast-light';
  }
}
