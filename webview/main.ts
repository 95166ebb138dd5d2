import { PagePass } from './channel/page-pass.ts';
import { SocketChannel } from './channel/socket-channel.ts';
import { socketUrl } from './channel/socket-url.ts';
import { VsCodeChannel } from './channel/vscode-channel.ts';
import { ChosenDevices } from './devices/chosen-devices.ts';
import type { MediaAssets } from './media.ts';
import { MicrophoneConsent } from './microphone/microphone-consent.ts';
import { PageFrame } from './page/page-frame.ts';
import { Surface } from './surface.ts';
import { PanelTheme } from './theme/theme.ts';
import { type DraftStore, readDraft } from './view/composer.ts';

const DRAFT_KEY = 'talkthrough.draft';

/** Keeps what was typed but not sent for as long as the tab lives. A browser that stores nothing loses it on a reload. */
const tabDraft: DraftStore = {
  load() {
    try {
      return sessionStorage.getItem(DRAFT_KEY) ?? '';
    } catch {
      return '';
    }
  },
  save(draft) {
    try {
      sessionStorage.setItem(DRAFT_KEY, draft);
    } catch {
      // As said above.
    }
  },
};

/** The bundle inside VS Code: transport and draft storage are its webview API's. */
function openPanel(root: HTMLElement, assets: MediaAssets): void {
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
  const theme = new PanelTheme(channel);
  window.addEventListener(
    'pagehide',
    () => {
      theme.dispose();
      surface.dispose();
    },
    { once: true },
  );
}

/** The bundle as a page of the person's browser: it has a frame of its own, and a line that may be lost. */
function openPage(root: HTMLElement, assets: MediaAssets): void {
  const consent = new MicrophoneConsent();
  const devices = new ChosenDevices();
  const channel = new SocketChannel({
    url: socketUrl(location.href),
    pass: new PagePass(),
    onState: (state) => frame.showLine(state),
  });
  const frame = new PageFrame(root, devices);
  const surface = new Surface({
    kind: 'page',
    channel,
    assets,
    root: frame.view,
    draft: tabDraft,
    page: { consent, devices },
  });
  root.addEventListener('connect', () => channel.connect());
  root.addEventListener('use-microphone', () => consent.give());
  root.addEventListener('choose-device', ({ detail }) => channel.post({ type: 'chooseDevice', ...detail }));
  channel.listen(frame.receivers);
  channel.connect();

  // A page that the browser kept for its back button has closed everything: it begins anew.
  window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  // The address of a new page, opened in the tab of an old one, is only a change of fragment to the browser.
  window.addEventListener('hashchange', () => location.hash !== '' && location.reload());
  window.addEventListener('pagehide', () => {
    surface.dispose();
    frame.dispose();
    devices.dispose();
  });
}

/** The entry of the one web bundle: its document says whether it is VS Code's panel or a page of the person's browser. */
const root = document.getElementById('talkthrough');
if (root === null) throw new Error('The document has no element with the id "talkthrough"');
const { dataset } = root;
const assets = {
  microphoneWorkletUrl: dataset['microphoneWorklet'] ?? '',
  speakerWorkletUrl: dataset['speakerWorklet'] ?? '',
  pictureWorkerUrl: dataset['pictureWorker'] ?? '',
};
if (dataset['surface'] === 'page') openPage(root, assets);
else openPanel(root, assets);
