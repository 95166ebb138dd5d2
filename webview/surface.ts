import type { SurfaceKind } from '../src/protocol/messages.ts';
import { abilities } from './abilities.ts';
import type { Channel } from './channel/channel.ts';
import type { Receivers } from './channel/incoming.ts';
import { emit } from './dom-events.ts';
import { Media, type MediaAssets, type MediaMessage, type PageMedia } from './media.ts';
import { type PictureMessage, Pictures } from './picture/pictures.ts';
import type { DraftStore } from './view/composer.ts';
import { View } from './view/view.ts';

interface SurfaceOptions {
  readonly kind: SurfaceKind;
  readonly channel: Channel;
  readonly assets: MediaAssets;
  /** The empty element that the view fills. */
  readonly root: HTMLElement;
  readonly draft: DraftStore;
  /** What the page has beyond a panel. */
  readonly page?: PageMedia;
}

/**
 * One page that talks with the host, whatever the transport: it joins, is given roles, shows and sounds what it is told,
 * and passes on what the person asks for. It holds nothing that would be missed if it were closed. Whether the microphone
 * waits for a click it tells by the root's event `microphone-waits`.
 */
export class Surface {
  readonly #options: SurfaceOptions;
  readonly #view: View;
  readonly #pictures: Pictures;
  readonly #ending = new AbortController();
  #media: Media | undefined;

  constructor(options: SurfaceOptions) {
    this.#options = options;
    const { channel, root, draft, kind } = options;
    this.#pictures = new Pictures(channel, options.assets.pictureWorkerUrl);
    this.#view = new View(root, draft);
    const { signal } = this.#ending;
    root.addEventListener('intent', ({ detail: intent }) => channel.post({ type: 'intent', intent }), { signal });
    root.addEventListener('share-click', ({ detail: source }) => this.#pictures.click(source), { signal });
    root.addEventListener('still', ({ detail: file }) => this.#pictures.show(file), { signal });
    channel.listen(this.#receivers());
    const gesture = { capture: true, passive: true, signal };
    document.addEventListener('click', () => this.#media?.unlock(), gesture);
    document.addEventListener('keydown', () => this.#media?.unlock(), gesture);
    channel.onLine((up) => {
      if (up) channel.post({ type: 'join', surface: kind, abilities: abilities() });
      // Nothing is captured that nobody hears. Roles are given anew.
      else this.#setMedia(false);
    });
  }

  dispose(): void {
    this.#ending.abort();
    this.#media?.dispose();
    this.#media = undefined;
    this.#pictures.dispose();
    this.#view.dispose();
    this.#options.channel.dispose();
  }

  /** All there is, so that a message added to the protocol cannot be forgotten here. */
  #receivers(): Receivers {
    const view = this.#view;
    const toMedia = (message: MediaMessage): void => this.#media?.receive(message);
    const toPictures = (message: PictureMessage): void => this.#pictures.receive(message);
    const forTheFrame = (): void => undefined;
    return {
      roles: (message) => {
        view.setRoles(message);
        this.#setMedia(message.media);
      },
      session: ({ session }) => view.showSession(session),
      conversation: (message) => view.showEntries(message),
      level: ({ level }) => view.showLevel(level),
      shares: ({ shares }) => view.showShares(shares),
      sentPicture: (message) => view.showPicture(message),
      pointing: (message) => view.showPointing(message),
      devices: (message) => this.#options.page?.devices.choose(message),
      theme: forTheFrame,
      workspaceName: forTheFrame,
      microphone: toMedia,
      audio: toMedia,
      audioEnd: toMedia,
      flush: toMedia,
      speaker: toMedia,
      share: toPictures,
      captureSettings: toPictures,
      requestFrame: toPictures,
      frameDropped: toPictures,
      crop: toPictures,
      prepareStill: toPictures,
    };
  }

  #setMedia(wanted: boolean): void {
    this.#pictures.setCapturing(wanted);
    if (wanted === (this.#media !== undefined)) return;
    this.#media?.dispose();
    this.#media = undefined;
    this.#microphoneWaits(false);
    if (!wanted) return;
    const { assets, channel, page } = this.#options;
    this.#media = new Media({
      assets,
      page,
      channel,
      onMicrophoneWaits: (waits) => this.#microphoneWaits(waits),
    });
  }

  #microphoneWaits(waits: boolean): void {
    this.#view.showMicrophoneWaits(waits);
    emit(this.#options.root, 'microphone-waits', waits);
  }
}
