import { PagePass } from './channel/page-pass.ts';
import { SocketChannel } from './channel/socket-channel.ts';
import { socketUrl } from './channel/socket-url.ts';
import { ChosenDevices } from './devices/chosen-devices.ts';
import type { MediaAssets } from './media.ts';
import { MicrophoneConsent } from './microphone/microphone-consent.ts';
import { PageFrame } from './page/page-frame.ts';
import { tabDraft } from './page/tab-draft.ts';
import { Surface } from './surface.ts';

/** The bundle as a page of the person's browser: it has a frame of its own, and a line that may be lost. */
export function openPage(root: HTMLElement, assets: MediaAssets): void {
  const consent = new MicrophoneConsent();
  const devices = new ChosenDevices();
  const channel = new SocketChannel({
    url: socketUrl(location.href),
    pass: new PagePass(),
    onState: (state) => frame.showLine(state),
  });
  const frame = new PageFrame(root, {
    devices,
    onConnect: () => channel.connect(),
    onUseMicrophone: () => consent.give(),
    onChooseDevice: (choice) => channel.post({ type: 'chooseDevice', ...choice }),
  });
  const surface = new Surface({
    kind: 'page',
    channel,
    assets,
    root: frame.view,
    draft: tabDraft,
    page: { consent, devices },
    onMicrophoneWaits: (waits) => frame.showMicrophoneWaits(waits),
  });
  channel.onMessage((message) => frame.receive(message));
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
