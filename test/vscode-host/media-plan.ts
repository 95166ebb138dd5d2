// What a browser's microphone, camera and screen are in a test, and how Chromium is told.

/** What the browser's microphone is. */
export type MicrophonePlan =
  /** Plays the WAV once into each capture from its beginning, then silence; no question is asked. */
  | { readonly kind: 'wav'; readonly file: string }
  /** Chromium's own fake: a beep every second; no question is asked. */
  | { readonly kind: 'beep' }
  /** There is a microphone and the person says no. */
  | { readonly kind: 'denied' }
  /** There is none, and no fake camera either. */
  | { readonly kind: 'missing' };

/** What the browser's camera is. */
export type CameraPlan =
  /** Shows an MJPEG or Y4M file over and over; no question is asked. */
  | { readonly kind: 'film'; readonly file: string }
  /** Chromium's own fake: a pattern that moves; no question is asked. */
  | { readonly kind: 'pattern' }
  /** There is a camera and the person says no. */
  | { readonly kind: 'denied' };

/** What is chosen when a page asks for the screen. */
export type ScreenPlan =
  /** The tab whose title holds this, for real. */
  | { readonly kind: 'tab'; readonly title: string }
  /** Chromium's own fake screen, 1280 x 720: a pattern that moves. */
  | { readonly kind: 'pattern' }
  /** The picker is closed without a choice. Only where microphone and camera are denied: Chromium says no to all alike. */
  | { readonly kind: 'cancelled' };

export interface MediaPlan {
  readonly microphone: MicrophonePlan;
  /** The default is a pattern, or denied where the picker is cancelled. */
  readonly camera?: CameraPlan;
  /** The default is a pattern. */
  readonly screen?: ScreenPlan;
}

export interface MediaSettings {
  readonly flags: readonly string[];
  /** What the person has allowed beforehand; undefined where Chromium answers every question by itself. */
  readonly permissions?: readonly ('microphone' | 'camera')[];
}

const FAKE_DEVICES = '--use-fake-device-for-media-stream';
/** Answers questions for devices, but also picks a fake screen by itself: a real tab is only to be had without. */
const ANSWER = '--use-fake-ui-for-media-stream';

/** @throws for what cannot be had together */
export function mediaSettings({ microphone, camera, screen = { kind: 'pattern' } }: MediaPlan): MediaSettings {
  const devices = [...microphoneFlags(microphone)];
  if (camera?.kind === 'film') devices.push(`--use-file-for-fake-video-capture=${camera.file}`);
  const cameraDenied = camera?.kind === 'denied';
  const microphoneDenied = microphone.kind === 'denied';
  switch (screen.kind) {
    case 'cancelled':
      if (!microphoneDenied || (camera !== undefined && !cameraDenied)) {
        throw new Error('A picker that is cancelled goes with a microphone and a camera that are denied.');
      }
      return { flags: [...devices, `${ANSWER}=deny`] };
    case 'tab':
      return {
        flags: [...devices, `--auto-select-tab-capture-source-by-title=${screen.title}`],
        permissions: [
          ...(microphoneDenied ? [] : ['microphone' as const]),
          ...(cameraDenied ? [] : ['camera' as const]),
        ],
      };
    case 'pattern':
      if (microphoneDenied) return { flags: [...devices, `${ANSWER}=deny`] };
      if (cameraDenied) return { flags: devices, permissions: ['microphone'] };
      return { flags: [...devices, ANSWER] };
  }
}

function microphoneFlags(microphone: MicrophonePlan): readonly string[] {
  switch (microphone.kind) {
    case 'wav':
      return [FAKE_DEVICES, `--use-file-for-fake-audio-capture=${microphone.file}%noloop`];
    case 'beep':
    case 'denied':
      return [FAKE_DEVICES];
    case 'missing':
      return ['--disable-audio-input'];
  }
}
