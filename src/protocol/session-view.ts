import type { FromSurface } from './from-surface.ts';

/**
 * What a surface shows of the session. The host computes it; surfaces only render it.
 *
 * - `idle`: no session. - `connecting`: until the service has accepted the setup. - `listening`: the service hears the person
 * (or waits for typing). - `speaking`: a reply is being played. - `reconnecting`: the session is being resumed.
 */
export type Phase = 'idle' | 'connecting' | 'listening' | 'speaking' | 'reconnecting';

/** What a button beside a problem does. Every one of them is carried out by the host. */
export type ProblemAction = Extract<FromSurface<'intent'>['intent'], { kind: 'problemAction' }>['action'];

export interface ProblemButton {
  readonly action: ProblemAction;
  readonly label: string;
}

/** Something that went wrong, in one plain sentence, with the buttons that mend it. */
export interface Problem {
  /** Stable, for logs and tests: `key-refused`, `no-network`, `microphone-denied` … */
  readonly code: string;
  /** `question`: nothing is wrong, something is to be decided or waited for. */
  readonly kind?: 'question';
  readonly sentence: string;
  readonly buttons: readonly ProblemButton[];
}

/** The microphone as the surface that captures reports it. */
export type MicrophoneState = FromSurface<'microphoneState'>['state'];

/** Why a microphone is not to be had. */
export type MicrophoneFailure = Extract<MicrophoneState, { kind: 'failed' }>['reason'];

export interface SpeakerView {
  /** Captions only: replies play silently, so that captions keep their pace. */
  readonly muted: boolean;
  /** The browser waits for a click before it lets the page be heard. */
  readonly locked: boolean;
}

export interface SessionView {
  readonly phase: Phase;
  /** Unix time in milliseconds at which the session became live; absent when none is. */
  readonly startedAtMs?: number;
  readonly model: string;
  readonly service: 'Gemini API' | 'Vertex AI';
  readonly microphone: MicrophoneState;
  /** Why the microphone failed, in a few words; only where it has. */
  readonly microphoneFailure?: string;
  readonly speaker: SpeakerView;
  /** Session-wide trouble first, device trouble after it. Empty when all is well. */
  readonly problems: readonly Problem[];
  readonly canSaveReply: boolean;
}
