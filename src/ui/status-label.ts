import { resumingSentence } from '../problems/session-problems.ts';
import { nothingHeardSentence } from '../problems/sound-problems.ts';
import { sharedSources, type SharesView } from '../protocol/picture.ts';
import type { SessionView } from '../protocol/session-view.ts';
import { sightSentences } from './sight-words.ts';

export interface Label {
  readonly text: string;
  readonly tooltip: string;
  readonly background?: 'statusBarItem.errorBackground' | 'statusBarItem.warningBackground';
}

/** Whether anything is heard, and how the session is. */
function sessionLabel({ phase, microphone, problems }: SessionView): Label {
  const problem = problems[0];
  switch (phase) {
    case 'idle':
      return problem === undefined
        ? { text: '$(comment-discussion) Talkthrough', tooltip: 'No session. Click to start one.' }
        : {
            text: '$(error) Talkthrough',
            tooltip: problem.sentence,
            background: 'statusBarItem.errorBackground',
          };
    case 'connecting':
      return { text: '$(loading~spin) Connecting…', tooltip: 'Talkthrough is connecting.' };
    case 'reconnecting':
      return {
        text: '$(sync~spin) Reconnecting…',
        tooltip: resumingSentence(),
        background: 'statusBarItem.warningBackground',
      };
    case 'listening':
    case 'speaking':
      break;
  }
  const what = phase === 'speaking' ? 'Speaking' : 'Listening';
  switch (microphone.kind) {
    case 'on':
      if (microphone.hardwareMuted) {
        return {
          text: `$(mute) ${what}, switched off on the device`,
          tooltip: problem?.sentence ?? nothingHeardSentence(),
        };
      }
      return phase === 'speaking'
        ? { text: '$(unmute) Speaking', tooltip: 'Talkthrough is answering. Speak to interrupt.' }
        : { text: '$(mic-filled) Listening', tooltip: `Talkthrough hears ${microphone.label || 'the microphone'}.` };
    case 'muted':
      return {
        text: phase === 'speaking' ? '$(unmute) Speaking, muted' : '$(mute) Muted',
        tooltip: 'Your microphone is muted.',
      };
    case 'waiting':
      return {
        text: '$(mic) Waiting for a click',
        tooltip: 'Click in Talkthrough, so that the browser lets it listen.',
      };
    case 'starting':
      return { text: '$(loading~spin) Opening microphone…', tooltip: 'Waiting for the microphone.' };
    case 'off':
    case 'failed':
      return {
        text: problem === undefined ? '$(keyboard) Typing only' : '$(warning) Typing only',
        tooltip: problem?.sentence ?? 'The microphone is off.',
      };
  }
}

const NAMES = { screen: 'Screen', camera: 'Camera' } as const;

/**
 * What the status bar says: whether anything is heard and whether anything is seen is always visible there, whatever else
 * is open. It is red while anything is seen.
 */
export function statusLabel(session: SessionView, shares: SharesView): Label {
  const label = sessionLabel(session);
  const shared = sharedSources(shares);
  if (shared.length === 0) return label;
  return {
    text: `${label.text} $(record) ${shared.map((source) => NAMES[source]).join(', ')}`,
    tooltip: [label.tooltip, ...sightSentences(session, shares)].join(' '),
    background: 'statusBarItem.errorBackground',
  };
}
