import type { ShareSource, ShareState } from '../../src/protocol/picture.ts';

/** More names than these say no more. */
const NAMED_LEFT_OUT = 3;

const KIND = { screen: 'Screen', window: 'Window', tab: 'Tab', camera: 'Camera' };

/** Every word about what is shared and seen that a surface says by itself. */
export const shareWords = {
  share: { screen: 'Share Screen…', camera: 'Share Camera…' } satisfies Record<ShareSource, string>,
  stop: { screen: 'Stop Sharing Screen', camera: 'Stop Sharing Camera' } satisfies Record<ShareSource, string>,
  showImage: 'Show Image…',
  drop: 'Drop to show it',
  leftOut: (names: readonly string[], most: number) =>
    `You can show up to ${most} pictures at once. Not shown: ${names.slice(0, NAMED_LEFT_OUT).join(', ')}${
      names.length > NAMED_LEFT_OUT ? ` and ${names.length - NAMED_LEFT_OUT} more` : ''
    }.`,

  sees: 'What it sees',
  full: (title: string) => `Show full size: ${title}`,
  picture: (title: string) => `Last picture sent of ${title}`,
  pointingAt: (label: string) => (label === '' ? 'pointing' : `pointing at ${label}`),
  pointsAt: (label: string) => (label === '' ? 'Pointing' : `Pointing at ${label}`),
  size: (widthPx: number, heightPx: number) => `${widthPx} × ${heightPx} px`,
  weight: (bytes: number) => `${Math.max(1, Math.round(bytes / 1000))} kB`,
  sentFrames: (count: number) => `${count.toLocaleString()} ${count === 1 ? 'picture' : 'pictures'} sent`,
  justNow: 'just now',
  secondsAgo: (seconds: number) => `${seconds} s ago`,
  minutesAgo: (minutes: number) => `${minutes} min ago`,
  hoursAgo: (hours: number) => `${hours} h ago`,
  focus: 'Focus',
  focusHint: 'Sends this one as it changes, the other now and then',

  nothingSent: 'No pictures sent yet.',
  sentOnceOpen: 'Pictures are sent once a session is running.',
  choose: {
    screen: 'Click to choose what to share',
    camera: 'Click to use the camera',
  } satisfies Record<ShareSource, string>,
  chooseInPage: {
    screen: 'Click in the Talkthrough page to choose what to share.',
    camera: 'Click in the Talkthrough page to use the camera.',
  } satisfies Record<ShareSource, string>,
  awaitingPage: 'Waiting for the Talkthrough page in your browser…',
  choosing: {
    screen: 'The browser asks what to share…',
    camera: 'Opening the camera…',
  } satisfies Record<ShareSource, string>,
  again: 'Try Again',
  dismiss: 'Dismiss',

  dialog: {
    actualSize: 'Actual Size',
    close: 'Close',
  },

  began: { screen: 'Sharing your screen', camera: 'Sharing your camera' } satisfies Record<ShareSource, string>,
  ended: {
    screen: 'Stopped sharing your screen',
    camera: 'Stopped sharing your camera',
  } satisfies Record<ShareSource, string>,
};

/** What a share shows, as a person would call it: `Window: Report.odt`. The browser may keep the name to itself. */
export function shareTitle(source: ShareSource, state: ShareState): string {
  if (state.kind !== 'on') return KIND[source];
  const kind = KIND[source === 'screen' ? (state.what ?? 'screen') : source];
  const label = state.label.trim();
  return label === '' ? kind : `${kind}: ${label}`;
}

/** As `Sharing screen and camera`; empty when nothing is shared. */
export function sharingSentence(sources: readonly ShareSource[]): string {
  return sources.length === 0 ? '' : `Sharing ${sources.join(' and ')}`;
}
