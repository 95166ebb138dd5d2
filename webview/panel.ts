import { VsCodeChannel } from './channel/vscode-channel.ts';
import type { MediaAssets } from './media.ts';
import { Surface } from './surface.ts';
import { PanelTheme } from './theme/panel-theme.ts';
import { readDraft } from './view/draft.ts';

/** The bundle inside VS Code: transport and draft storage are its webview API's. */
export function openPanel(root: HTMLElement, assets: MediaAssets): void {
  const vscode = acquireVsCodeApi();
  const channel = new VsCodeChannel(vscode);
  const surface = new Surface({
    kind: 'panel',
    channel,
    assets,
    root,
    draft: {
      load: () => readDraft(vscode.getState()),
      save: (draft) => void vscode.setState({ draft }),
    },
  });
  const theme = new PanelTheme((message) => channel.post(message));
  window.addEventListener(
    'pagehide',
    () => {
      theme.dispose();
      surface.dispose();
    },
    { once: true },
  );
}
