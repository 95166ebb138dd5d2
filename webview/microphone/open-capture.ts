import { failureOf, isDeviceGone } from './capture-failure.ts';
import { Capture, type CaptureRequest, stopTracks } from './capture.ts';
import type { MicrophoneFailure } from './microphone-state.ts';

export type CaptureResult =
  | { readonly kind: 'open'; readonly capture: Capture }
  | { readonly kind: 'superseded' }
  | { readonly kind: 'failed'; readonly failure: MicrophoneFailure };

/**
 * How much the audio thread renders at once: one chunk. On a machine with several times more to do than it has cores, a
 * third of all 5 s recordings lost or doubled some milliseconds at the usual 10 ms, a tenth at 20 ms.
 */
const RENDER_STEP_SECONDS = 0.02;

/** The output of an audio context, which the DOM types do not have yet. */
interface WithSinkId {
  readonly sinkId: { readonly type: 'none' };
}

/**
 * Capturing plays nothing. Without an output of its own a browser keeps one audio stream open less, and does not depend on
 * a loudspeaker that may be unplugged. Browsers that do not know the option open the default output.
 */
const CAPTURE_OPTIONS: AudioContextOptions & WithSinkId = {
  latencyHint: RENDER_STEP_SECONDS,
  sinkId: { type: 'none' },
};

/** Opens a microphone. Never rejects for what a person or a device can cause. */
export async function openCapture(request: CaptureRequest): Promise<CaptureResult> {
  // In an insecure context `mediaDevices` is missing, whatever the DOM types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined || typeof AudioWorkletNode === 'undefined') {
    return { kind: 'failed', failure: { reason: 'unsupported', detail: 'This page has no access to microphones' } };
  }
  if (policyBlocksMicrophone()) {
    return { kind: 'failed', failure: { reason: 'blocked-by-policy', detail: 'Permissions Policy: microphone' } };
  }
  let opened: { stream: MediaStream; fallback: boolean };
  try {
    opened = await openStream(devices, request);
  } catch (error) {
    return isAborted(request.signal) ? { kind: 'superseded' } : { kind: 'failed', failure: failureOf(error) };
  }
  const { stream, fallback } = opened;
  const [track] = stream.getAudioTracks();
  if (track === undefined || isAborted(request.signal)) {
    stopTracks(stream);
    return { kind: 'superseded' };
  }
  let context: AudioContext | undefined;
  try {
    // The device's own rate: a forced one fails in some browsers and corrupts Bluetooth headsets in others.
    context = new AudioContext(CAPTURE_OPTIONS);
    await context.audioWorklet.addModule(request.workletUrl);
    if (!isAborted(request.signal)) {
      return { kind: 'open', capture: new Capture(request, stream, track, fallback, context) };
    }
  } catch (error) {
    stopTracks(stream);
    await context?.close();
    return { kind: 'failed', failure: { reason: 'worklet', detail: failureOf(error).detail } };
  }
  stopTracks(stream);
  await context.close();
  return { kind: 'superseded' };
}

/** A function, because a signal aborts during awaits, which the compiler's narrowing does not see. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function openStream(devices: MediaDevices, { processing, deviceId }: CaptureRequest) {
  const audio: MediaTrackConstraints = {
    echoCancellation: processing,
    noiseSuppression: processing,
    autoGainControl: processing,
    channelCount: { ideal: 1 },
  };
  if (deviceId !== undefined) {
    try {
      const stream = await devices.getUserMedia({ audio: { ...audio, deviceId: { exact: deviceId } } });
      return { stream, fallback: false };
    } catch (error) {
      if (!isDeviceGone(error)) throw error;
    }
  }
  return { stream: await devices.getUserMedia({ audio }), fallback: deviceId !== undefined };
}

/** The part of Permissions Policy's script interface used here; Chromium has it under its old name, others not at all. */
interface PolicyView {
  allowsFeature(feature: string): boolean;
}

/**
 * Says whether this document may capture at all. Asked before `getUserMedia`, whose refusal looks the same for
 * "the person said no" and "VS Code never lets a webview".
 */
function policyBlocksMicrophone(): boolean {
  // The DOM types know neither name: `permissionsPolicy` is the standard's, `featurePolicy` what Chromium ships.
  const page: Document & { permissionsPolicy?: PolicyView; featurePolicy?: PolicyView } = document;
  const policy = page.permissionsPolicy ?? page.featurePolicy;
  return policy !== undefined && !policy.allowsFeature('microphone');
}

/** Microphones as the browser lists them. Labels and ids are blank until a microphone has been allowed. */
export async function listMicrophones(): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === 'audioinput');
}

/** True when the list shows ids, which browsers only give to a page that may capture. */
export function mayCapture(microphones: readonly MediaDeviceInfo[]): boolean {
  return microphones.some((microphone) => microphone.deviceId !== '');
}

/**
 * A key that changes when another microphone becomes the default. Chromium lists the default as an entry of its own, with
 * the group of the real device behind it; elsewhere the first entry is the default.
 */
export function defaultMicrophoneKey(microphones: readonly MediaDeviceInfo[]): string {
  const chosen = microphones.find((microphone) => microphone.deviceId === 'default') ?? microphones[0];
  return chosen === undefined ? '' : JSON.stringify([chosen.deviceId, chosen.groupId, chosen.label]);
}

/** What is open now, against what was asked for. */
interface OpenMicrophone {
  /** Undefined: the default was asked for. */
  readonly askedDeviceId: string | undefined;
  /** The asked device was not there, so the default was opened. */
  readonly fallback: boolean;
  /** `defaultMicrophoneKey` when it was opened. */
  readonly defaultKey: string;
}

/** Says whether, with these devices, opening anew would give another and more fitting microphone. */
export function shouldReopen(open: OpenMicrophone, microphones: readonly MediaDeviceInfo[]): boolean {
  if (microphones.length === 0) return false;
  const askedIsThere = microphones.some((microphone) => microphone.deviceId === open.askedDeviceId);
  if (askedIsThere) return open.fallback;
  const wentAway = open.askedDeviceId !== undefined && !open.fallback;
  return wentAway || defaultMicrophoneKey(microphones) !== open.defaultKey;
}
