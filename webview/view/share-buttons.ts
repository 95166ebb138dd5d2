import type { Intent } from '../../src/protocol/messages.ts';
import { SHARE_SOURCES, type ShareSource, type SharesView } from '../../src/protocol/picture.ts';
import { setHidden } from './element.ts';
import { shareWords } from './share-words.ts';
import { PushButton } from './toolkit.ts';

interface ShareButtonsOptions {
  readonly onIntent: (intent: Intent) => void;
  readonly onShareClick: (source: ShareSource) => void;
}

/** Show something: one button each for screen and camera, which then stops it, and one for an image. */
export class ShareButtons {
  readonly elements: readonly HTMLElement[];
  readonly #shares: Readonly<Record<ShareSource, PushButton>>;
  readonly #options: ShareButtonsOptions;
  #view: SharesView | undefined;

  constructor(options: ShareButtonsOptions) {
    this.#options = options;
    this.#shares = { screen: this.#create('screen'), camera: this.#create('camera') };
    const image = new PushButton({
      look: 'icon',
      icon: 'file-media',
      label: shareWords.showImage,
      onPress: () => options.onIntent({ kind: 'showImage' }),
    });
    this.elements = [this.#shares.screen.element, this.#shares.camera.element, image.element];
    // Until the host has said that something can be shared.
    for (const button of this.elements) setHidden(button, true);
  }

  /** Whether there is anything to be pressed. */
  get known(): boolean {
    return this.#view !== undefined;
  }

  render(shares: SharesView): void {
    this.#view = shares;
    for (const button of this.elements) setHidden(button, false);
    for (const source of SHARE_SOURCES) {
      const wanted = isWanted(shares, source);
      this.#shares[source].setLabel(wanted ? shareWords.stop[source] : shareWords.share[source]);
      this.#shares[source].element.classList.toggle('sharing', shares[source].state.kind === 'on');
    }
  }

  #create(source: ShareSource): PushButton {
    return new PushButton({
      look: 'icon',
      icon: source === 'screen' ? 'device-desktop' : 'device-camera-video',
      label: shareWords.share[source],
      onPress: () => this.#press(source),
    });
  }

  /** Within the click itself: the browser opens its picker for nothing less. */
  #press(source: ShareSource): void {
    const { onIntent, onShareClick } = this.#options;
    if (this.#view !== undefined && isWanted(this.#view, source)) {
      onIntent({ kind: 'stopSharing', source });
      return;
    }
    onIntent({ kind: 'share', source });
    onShareClick(source);
  }
}

function isWanted(shares: SharesView, source: ShareSource): boolean {
  const { kind } = shares[source].state;
  return kind !== 'off' && kind !== 'failed';
}
