import type { ShareSource, ShareState, SharesView } from '../../protocol/picture.ts';

type On = Extract<ShareState, { kind: 'on' }>;

/** What a share is called, for the person and for the model. Browsers name tabs and windows by numbers: those say nothing. */
export function shareName(source: ShareSource, { what, label }: On): string {
  if (source === 'camera') return label === '' ? 'the camera' : `the camera "${label}"`;
  switch (what) {
    case 'tab':
      return 'a browser tab';
    case 'window':
      return 'a window';
    default:
      return 'the screen';
  }
}

const HOW =
  'You get it as single pictures, scaled down, when it changes and when the person begins to speak. The newest picture is what they see now.';

/** What the model is told of the shares: it must never claim to see what is gone. */
export function sharesNote({ screen, camera, focus }: SharesView): string {
  const shared = [
    ...(screen.state.kind === 'on' ? [{ source: 'screen' as const, name: shareName('screen', screen.state) }] : []),
    ...(camera.state.kind === 'on' ? [{ source: 'camera' as const, name: shareName('camera', camera.state) }] : []),
  ];
  const [first, second] = shared;
  if (first === undefined) {
    return 'The person shares nothing now: you see neither their screen nor their camera. Pictures you were sent before show the past; do not speak of them as if you still saw them.';
  }
  if (second === undefined) return `The person shares ${first.name}. ${HOW}`;
  const main = focus === first.source ? first : second;
  const other = main === first ? second : first;
  return `The person shares ${main.name}, and beside it ${other.name}. ${HOW} Of ${other.name} you get a picture only now and then; call look_closer when you need it fresh.`;
}

/** What stands beside the view's title while anything is shared; empty otherwise. */
export function sharingMarker({ screen, camera }: SharesView): string {
  const shared = [screen.state.kind === 'on' && 'screen', camera.state.kind === 'on' && 'camera'];
  const names = shared.filter((name) => name !== false);
  return names.length === 0 ? '' : `🔴 Sharing ${names.join(' and ')}`;
}
