import type { MicrophoneState, Phase, Problem, SessionView, SpeakerView } from '../protocol/session-view.ts';
import type { SessionState } from '../live/session-events.ts';
import { microphoneBrief, microphoneProblem, speakerProblem } from '../problems/sound-problems.ts';
import { reconnectingProblem } from '../problems/session-problems.ts';

/** How the session itself stands. */
export interface SessionFacts {
  /** The person stopped it; its socket is closing. */
  readonly stopping: boolean;
  readonly state: SessionState;
  readonly startedAtMs: number | undefined;
  /** Why the last session failed, until the next begins. */
  readonly failure: Problem | undefined;
  readonly model: string;
  readonly service: SessionView['service'];
}

interface SessionParts extends SessionFacts {
  /** What is wrong with the page in the browser, where one captures. */
  readonly page: Problem | undefined;
  /** What is wrong with what is shared, or waits for a click. */
  readonly shares: readonly Problem[];
  readonly speaking: boolean;
  readonly microphone: MicrophoneState;
  readonly speaker: SpeakerView;
  readonly speakerFailed: boolean;
  readonly canSaveReply: boolean;
}

function phaseOf({ stopping, state, speaking }: SessionParts): Phase {
  if (stopping) return 'idle';
  switch (state.kind) {
    case 'connecting':
      return 'connecting';
    case 'live':
      return speaking ? 'speaking' : 'listening';
    case 'reconnecting':
      return 'reconnecting';
    case 'idle':
    case 'ended':
      return 'idle';
  }
}

/** Why the session has not come back yet. A loss that the next attempt mends at once is not worth a sentence. */
function lossOf(state: SessionState): Problem | undefined {
  if (state.kind !== 'reconnecting' || state.failure === undefined) return undefined;
  const atOnce = state.attempt === 1 && state.retryAtMs === undefined;
  return atOnce ? undefined : reconnectingProblem(state.failure);
}

/** What surfaces, status bar and menus show: one picture, computed in one place. */
export function sessionView(parts: SessionParts): SessionView {
  const phase = phaseOf(parts);
  const microphone = phase === 'idle' ? undefined : microphoneProblem(parts.microphone);
  const microphoneFailure = microphoneBrief(parts.microphone);
  return {
    phase,
    ...(phase !== 'idle' && parts.startedAtMs !== undefined && { startedAtMs: parts.startedAtMs }),
    model: parts.model,
    service: parts.service,
    microphone: parts.microphone,
    ...(microphoneFailure !== undefined && { microphoneFailure }),
    speaker: parts.speaker,
    problems: [
      parts.failure,
      lossOf(parts.state),
      parts.page,
      microphone,
      ...parts.shares,
      parts.speakerFailed ? speakerProblem() : undefined,
    ].filter((problem) => problem !== undefined),
    canSaveReply: parts.canSaveReply,
  };
}
