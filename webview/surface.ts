import type { SurfaceKind, ToSurface } from '../src/protocol/messages.ts';
import { abilities } from './abilities.ts';
import type { Channel } from './channel/channel.ts';
import { Media, type MediaAssets } from './media.ts';
import type { DraftStore } from './view/draft.ts';
import { View } from './view/view.ts';

interface SurfaceOptions {
  readonly kind: SurfaceKind;
  readonly channel: Channel;
  readonly assets: MediaAssets;
  /** The empty element that the view fills. */
  readonly root: HTMLElement;
  readonly draft: DraftStore;
}

/**
 * One page that talks with the host, whatever the transport: it joins, is given roles, shows and sounds what it is told,
 * and passes on what the person asks for. It holds nothing that would be missed if it were closed.
 */
export class Surface {
  readonly #options: SurfaceOptions;
  readonly #view: View;
  readonly #ending = new AbortController();
  #media: Media | undefined;

  constructor(options: SurfaceOptions) {
    this.#options = options;
    const { channel, root, draft, kind } = options;
    this.#view = new View(root, { draft, onIntent: (intent) => channel.post({ type: 'intent', intent }) });
    channel.onMessage((message) => this.#receive(message));
    const gesture = { capture: true, passive: true, signal: this.#ending.signal };
    document.addEventListener('click', () => this.#media?.unlock(), gesture);
    document.addEventListener('keydown', () => this.#media?.unlock(), gesture);
    channel.post({ type: 'join', surface: kind, abilities: abilities() });
  }

  dispose(): void {
    this.#ending.abort();
    this.#media?.dispose();
    this.#media = undefined;
    this.#view.dispose();
    this.#options.channel.dispose();
  }

  #receive(message: ToSurface): void {
    switch (message.type) {
      case 'roles':
        this.#view.setRoles(message);
        this.#setMedia(message.media);
        return;
      case 'session':
        this.#view.showSession(message.session);
        return;
      case 'conversation':
        this.#view.showEntries(message);
        return;
      case 'level':
        this.#view.showLevel(message.level);
        return;
      case 'theme':
      case 'place':
      case 'devices':
        return; // For the page.
      case 'microphone':
      case 'audio':
      case 'audioEnd':
      case 'flush':
      case 'speaker':
        this.#media?.receive(message);
        return;
    }
  }

  #setMedia(wanted: boolean): void {
    if (wanted === (this.#media !== undefined)) return;
    this.#media?.dispose();
    const { assets, channel } = this.#options;
    this.#media = wanted
      ? new Media({
          assets,
          post: (message) => channel.post(message),
          onMicrophoneWaits: (waits) => this.#view.showMicrophoneWaits(waits),
        })
      : undefined;
  }
}
