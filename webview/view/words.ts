import type { Phase } from '../../src/protocol/session-view.ts';

/** Every word the view says by itself. Problems and notices are worded by the host. */
export const words = {
  product: 'Talkthrough',
  conversation: 'Conversation',
  problems: 'Problems',
  controls: 'Session controls',

  phase: {
    idle: 'Not started',
    connecting: 'Connecting…',
    listening: 'Listening',
    speaking: 'Speaking',
    reconnecting: 'Reconnecting…',
  } satisfies Record<Phase, string>,
  /** Instead of "Listening" while no microphone is heard: it would not be true. */
  notHearing: 'Connected',
  sessionEnded: 'Session ended',
  elapsed: 'Session time',
  model: (model: string, service: string) => `Model ${model}, ${service}`,

  microphone: {
    level: 'Microphone level',
    levelOf: (label: string) => `Microphone level: ${label}`,
    off: 'Microphone off',
    starting: 'Opening microphone…',
    waiting: 'Microphone waits for a click',
    muted: 'Microphone muted',
    hardwareMuted: 'Microphone switched off on the device',
    mute: 'Mute microphone',
    unmute: 'Unmute microphone',
    retry: 'Try microphone again',
    clickToBeHeard: 'Click to be heard',
    clickInPage: 'Click in the Talkthrough page to be heard.',
  },

  speaker: {
    mute: 'Mute loudspeaker (captions only)',
    unmute: 'Unmute loudspeaker',
    clickToHear: 'Click to hear',
    clickInPage: 'Click anywhere in the Talkthrough page to hear replies.',
  },

  start: 'Start',
  startSession: 'Start live session',
  stop: 'Stop',
  saveReply: 'Save last reply as WAV…',

  composer: {
    label: 'Message',
    placeholder: 'Type a message',
    send: 'Send',
    tooLong: (length: number, limit: number) =>
      `Too long: ${length.toLocaleString()} of at most ${limit.toLocaleString()} characters`,
  },

  welcome: {
    title: 'Talk about what is on your screen',
    sentence: 'Ask out loud, hear the answer, interrupt whenever you like.',
    orType: 'or type below',
    keys: 'Enter sends. Shift+Enter starts a new line.',
    connecting: 'Connecting…',
    listening: 'Say something, or type below.',
    notHearing: 'Type below.',
  },

  entry: {
    person: 'You',
    reply: 'Talkthrough',
    spoken: 'spoken',
    typed: 'typed',
    interrupted: 'interrupted',
    tool: { running: 'running', failed: 'failed' },
    open: (place: string) => `Open ${place}`,
    sources: 'Sources',
    searches: 'Search Google',
  },
  jumpToLatest: 'Jump to latest',
};
