import {
  SHARE_SOURCES,
  sharedSources,
  type ShareSource,
  type SharesView,
  type ShareView,
} from '../protocol/picture.ts';
import type { SessionView } from '../protocol/session-view.ts';

/** What is captured, or was asked for and may be captured any moment: what can be stopped. */
export function wantedSources(shares: SharesView): ShareSource[] {
  return SHARE_SOURCES.filter((source) =>
    ['on', 'choosing', 'waiting', 'awaiting-page'].includes(shares[source].state.kind),
  );
}

/** One sentence for each share: what is seen, who sees it, and how much of it was sent. */
export function sightSentences({ service, model }: SessionView, shares: SharesView): string[] {
  const both = sharedSources(shares).length > 1;
  return sharedSources(shares).map((source) => {
    const share = shares[source];
    const focus = both && shares.focus === source ? ', the focus' : '';
    const sent = shares.sessionOpen
      ? `${pictures(share)} sent to ${service} (${model})`
      : 'no session runs, so nothing is sent';
    return `It sees ${whatIsSeen(source, share)}${focus}: ${sent}.`;
  });
}

function whatIsSeen(source: ShareSource, { state }: ShareView): string {
  if (state.kind !== 'on') return source;
  const size = `${state.widthPx} × ${state.heightPx}`;
  if (source === 'camera') return state.label === '' ? `your camera (${size})` : `the camera ${state.label} (${size})`;
  switch (state.what) {
    case 'tab':
      return `a browser tab (${size})`;
    case 'window':
      return `a window (${size})`;
    default:
      return `your screen (${size})`;
  }
}

function pictures({ sentFrames }: ShareView): string {
  if (sentFrames === 0) return 'nothing';
  return sentFrames === 1 ? '1 picture' : `${sentFrames} pictures`;
}
