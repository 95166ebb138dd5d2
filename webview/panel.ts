import { VsCodeChannel } from './channel/vscode-channel.ts';
import { Surface } from './surface.ts';
import { readDraft } from './view/draft.ts';

/** The entry inside VS Code: transport and draft storage are its webview API's. */
function openPanel(): void {
  const root = document.getElementById('talkthrough');
  if (root === null) throw new Error('The page has no element with the id "talkthrough"');
  const vscode = acquireVsCodeApi();
  const surface = new Surface({
    kind: 'panel',
    channel: new VsCodeChannel(vscode),
    assets: {
      microphoneWorkletUrl: root.dataset['microphoneWorklet'] ?? '',
      speakerWorkletUrl: root.dataset['speakerWorklet'] ?? '',
    },
    root,
    draft: {
      load: () => readDraft(vscode.getState()),
      save: (draft) => void vscode.setState({ draft }),
    },
  });
  window.addEventListener('pagehide', () => surface.dispose(), { once: true });
}

openPanel();
