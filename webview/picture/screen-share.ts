import type { ReportedShareState } from '../../src/protocol/picture.ts';
import { isAllowed } from '../abilities.ts';
import {
  type AskedShare,
  isMac,
  justClicked,
  mediaDevices,
  onlyTrack,
  type OpenedShare,
  type ShareDevice,
  storedPermission,
} from './open-share.ts';
import { failed, screenFailure, wantsClick } from './share-failure.ts';

/** Changes are looked for four times a second; more frames than this only cost battery. */
const FRAME_RATE = { ideal: 5, max: 10 };

/** The longer side of the largest screens there are (8K). */
export const MAX_SIDE_PX = 7680;

/** These options are newer than the type library; browsers ignore those that they do not know. */
interface ScreenOptions extends DisplayMediaStreamOptions {
  readonly video: MediaTrackConstraints & { readonly cursor: 'always' };
  /** Nobody wants to show the page itself. */
  readonly selfBrowserSurface: 'exclude';
  /** Chromium tells a page nothing when the person shares another tab in its bar: the model would go on with the first. */
  readonly surfaceSwitching: 'exclude';
  readonly monitorTypeSurfaces: 'include';
  readonly systemAudio: 'exclude';
}

const OPTIONS: ScreenOptions = {
  // Without a bound Chromium 156 gives no more than 1280 x 720 of a larger tab.
  video: { width: { max: MAX_SIDE_PX }, height: { max: MAX_SIDE_PX }, frameRate: FRAME_RATE, cursor: 'always' },
  audio: false,
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'exclude',
  monitorTypeSurfaces: 'include',
  systemAudio: 'exclude',
};

const WHAT: Readonly<Record<string, 'screen' | 'window' | 'tab'>> = {
  monitor: 'screen',
  window: 'window',
  browser: 'tab',
};

/** A screen, a window or a tab, whichever the person picks. */
export class ScreenShare implements ShareDevice {
  readonly source = 'screen';

  /** Opens the browser's own picker. Call it in the click itself where there is one. */
  ask(): AskedShare {
    const devices = mediaDevices() as Partial<MediaDevices> | undefined; // telephones have no getDisplayMedia
    if (devices?.getDisplayMedia === undefined) return failed('unsupported', 'This browser shares no screens');
    if (!isAllowed('display-capture')) return failed('blocked-by-policy', 'Permissions Policy: display-capture');
    return justClicked() ? { kind: 'asked', opened: openPicker() } : { kind: 'waiting' };
  }

  stateWhenEnded(): ReportedShareState {
    return { kind: 'off', by: 'source' };
  }
}

async function openPicker(): Promise<OpenedShare> {
  try {
    const track = onlyTrack(await navigator.mediaDevices.getDisplayMedia(OPTIONS));
    if (track === undefined) return failed('broken', 'The browser gave no picture');
    const what = WHAT[track.getSettings().displaySurface ?? ''];
    return { kind: 'open', track, ...(what !== undefined && { what }) };
  } catch (error) {
    if (wantsClick(error)) return { kind: 'waiting' };
    const permission = await storedPermission('display-capture');
    return screenFailure(error, { permission, cameras: 0, onMac: isMac() });
  }
}
