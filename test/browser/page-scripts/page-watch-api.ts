import type { OpenResources } from './audio-harness-contract.ts';

/** What a test can do and see inside the page, as `pageWatch`. */
export interface PageWatch {
  /** What the content security policy refused. */
  readonly violations: string[];
  openResources(): OpenResources;
  /** Settles when every audio context is closed and every track stopped. */
  untilNothingIsOpen(): Promise<void>;
  /** Settles when a track is live. */
  untilCapturing(): Promise<void>;
  timesAskedForMicrophone(): number;
  /** Where the open audio contexts sound: device ids, empty for the system's own. */
  sinkIds(): readonly string[];
  /** Settles when an audio context sounds on this device. */
  untilSoundsOn(label: string): Promise<void>;
  /** Unplugs the device with this label, as far as a page can tell, or plugs it in again. */
  setConnected(label: string, connected: boolean): void;
  /** Names of all that can be pressed, chosen or filled in, as a screen reader says them. */
  controlsWithoutName(): readonly string[];
  /** Elements that reach beyond the left or right edge of the page. */
  overflowing(): readonly string[];
  /** What a screen reader would call the element that has the focus. */
  focusedName(): string;
  style(selector: string, property: string): string;
}
