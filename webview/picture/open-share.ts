import type { ShareSource, ReportedShareState } from '../../src/protocol/picture.ts';
import type { Failed } from './share-failure.ts';

/** What came of asking the browser for a screen or camera. */
export type OpenedShare =
  | {
      readonly kind: 'open';
      readonly track: MediaStreamTrack;
      /** What is shared of the computer; absent for a camera, and where the browser does not say. */
      readonly what?: 'screen' | 'window' | 'tab';
    }
  /** It opens only in a click in this page. */
  | { readonly kind: 'waiting' }
  | Failed;

/** The browser puts its question to the person, and what came of it follows; or it was not asked, and why. */
export type AskedShare =
  { readonly kind: 'asked'; readonly opened: Promise<OpenedShare> } | Exclude<OpenedShare, { readonly kind: 'open' }>;

/** The screens or the cameras of this computer. What a person or a device can cause never rejects. */
export interface ShareDevice {
  readonly source: ShareSource;
  /** @param label of the camera to use; empty for the system's own, and for a screen */
  ask(label: string): AskedShare | Promise<AskedShare>;
  /** What it means that an open one, of that label, ended by itself. */
  stateWhenEnded(label: string): ReportedShareState | Promise<ReportedShareState>;
}

/** Returns undefined in a document that is not secure, whatever the DOM's types say. */
export function mediaDevices(): MediaDevices | undefined {
  return navigator.mediaDevices;
}

/** Says whether the person just clicked here. A browser that does not tell is asked, and refuses by itself. */
export function justClicked(): boolean {
  const { userActivation } = navigator as Partial<Navigator>; // missing in Firefox before 120
  return userActivation?.isActive ?? true;
}

/** Reads the browser's stored answer; undefined where the browser keeps it to itself. */
export async function storedPermission(name: 'camera' | 'display-capture'): Promise<PermissionState | undefined> {
  try {
    // Browsers know names that the type library does not; those they do not know are refused.
    const { state } = await navigator.permissions.query({ name: name as PermissionName });
    return state;
  } catch {
    return undefined;
  }
}

export function isMac(): boolean {
  return navigator.userAgent.includes('Mac OS X');
}

/** Returns the one video track and stops all others. */
export function onlyTrack(stream: MediaStream): MediaStreamTrack | undefined {
  const [track] = stream.getVideoTracks();
  for (const other of stream.getTracks()) if (other !== track) other.stop();
  return track;
}
