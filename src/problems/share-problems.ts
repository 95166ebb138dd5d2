import type { SurfaceKind } from '../protocol/messages.ts';
import type { ShareFailure, ShareSource, ShareState } from '../protocol/picture.ts';
import type { Problem } from '../protocol/session-view.ts';
import { t } from './l10n.ts';
import { button, buttons, problem, type Words } from './problem.ts';

type ShareProblems = Readonly<Record<ShareFailure, () => Required<Words>>>;

const shareAgain = () => button('shareScreen', t('Share Again…'));

const SCREEN: ShareProblems = {
  cancelled: () => ({
    sentence: t('Nothing was chosen to share.'),
    brief: t('Nothing was chosen.'),
    buttons: [shareAgain()],
  }),
  denied: () => ({
    sentence: t(
      'Your browser does not let Talkthrough share the screen. Allow it in the site settings next to the address bar, then share again.',
    ),
    brief: t('Not allowed in the browser.'),
    buttons: [shareAgain()],
  }),
  'denied-by-system': () => ({
    sentence: t(
      "The operating system does not let your browser record the screen. Allow the browser under Screen Recording in the system's privacy settings, restart it, then share again.",
    ),
    brief: t('Not allowed by the operating system.'),
    buttons: [shareAgain()],
  }),
  'blocked-by-policy': () => ({
    sentence: t(
      'VS Code does not let extensions share a screen here. Share it from the Talkthrough page in your browser.',
    ),
    brief: t('Not available here.'),
    buttons: buttons('openPage'),
  }),
  missing: () => ({
    sentence: t('The browser found no screen or window to share.'),
    brief: t('No screen or window was found.'),
    buttons: [shareAgain()],
  }),
  busy: () => ({
    sentence: t(
      'The browser could not capture that screen or window. Another program may be using it. Choose it again, or choose another one.',
    ),
    brief: t('In use by another program.'),
    buttons: [shareAgain()],
  }),
  vanished: () => ({
    sentence: t('The screen or window you shared is no longer available, so Talkthrough cannot see it.'),
    brief: t('No longer available.'),
    buttons: [shareAgain()],
  }),
  unsupported: () => ({
    sentence: t(
      'This browser cannot share a screen. Open the Talkthrough page in Chrome, Edge, Firefox or Safari on a computer.',
    ),
    brief: t('This browser cannot share it.'),
    buttons: buttons('openPage'),
  }),
  broken: () => ({
    sentence: t('The screen or window you shared gave no picture, so nothing was sent.'),
    brief: t('No picture was captured.'),
    buttons: [shareAgain(), button('showLog')],
  }),
};

const tryAgain = () => button('shareCamera', t('Try Again'));

const CAMERA: ShareProblems = {
  cancelled: () => ({
    sentence: t('The camera was not shared.'),
    brief: t('Nothing was chosen.'),
    buttons: [tryAgain()],
  }),
  denied: () => ({
    sentence: t(
      'Your browser does not let Talkthrough use the camera. Allow it in the site settings next to the address bar, then try again.',
    ),
    brief: t('Not allowed in the browser.'),
    buttons: [tryAgain()],
  }),
  'denied-by-system': () => ({
    sentence: t(
      "The operating system does not let your browser use the camera. Allow the browser under Camera in the system's privacy settings, then try again.",
    ),
    brief: t('Not allowed by the operating system.'),
    buttons: [tryAgain()],
  }),
  'blocked-by-policy': () => ({
    sentence: t(
      'VS Code does not let extensions use a camera here. Share it from the Talkthrough page in your browser.',
    ),
    brief: t('Not available here.'),
    buttons: buttons('openPage'),
  }),
  missing: () => ({
    sentence: t('No camera was found.'),
    brief: t('No camera was found.'),
    buttons: [tryAgain()],
  }),
  busy: () => ({
    sentence: t(
      "Another program is using the camera, or the operating system blocks it. Close that program, or allow your browser under Camera in the system's privacy settings, then try again.",
    ),
    brief: t('In use by another program.'),
    buttons: [tryAgain()],
  }),
  vanished: () => ({
    sentence: t('The camera was unplugged or turned off, so Talkthrough cannot see anything.'),
    brief: t('No longer available.'),
    buttons: [tryAgain()],
  }),
  unsupported: () => ({
    sentence: t('This browser cannot use a camera.'),
    brief: t('This browser cannot share it.'),
    buttons: buttons('openPage'),
  }),
  broken: () => ({
    sentence: t('The camera gave no picture, so nothing was sent.'),
    brief: t('No picture was captured.'),
    buttons: [tryAgain(), button('showLog')],
  }),
};

export const SHARE_PROBLEMS: Readonly<Record<ShareSource, ShareProblems>> = { screen: SCREEN, camera: CAMERA };

/**
 * What to show about a share; nothing while all is well, and nothing when the person only changed their mind.
 *
 * @param surface which one captures
 */
export function shareProblem(
  source: ShareSource,
  state: ShareState,
  surface: SurfaceKind = 'panel',
): Problem | undefined {
  switch (state.kind) {
    case 'off':
    case 'choosing':
    case 'awaiting-page':
    case 'on':
      return undefined;
    case 'waiting':
      return problem(`${source}-waiting`, { sentence: CLICK[surface][source](), buttons: [] }, 'question');
    case 'failed':
      if (state.reason === 'cancelled') return undefined;
      return problem(`${source}-${state.reason}`, SHARE_PROBLEMS[source][state.reason]());
  }
}

/** Why a share failed, in a few words. */
export function shareBrief(source: ShareSource, state: ShareState): string | undefined {
  return state.kind === 'failed' ? SHARE_PROBLEMS[source][state.reason]().brief : undefined;
}

/** Browsers open their picker only after a click in the page that shares. */
const CLICK: Readonly<Record<SurfaceKind, Readonly<Record<ShareSource, () => string>>>> = {
  panel: {
    screen: () => t('Click in the Talkthrough view so that your browser lets you choose what to share.'),
    camera: () => t('Click in the Talkthrough view so that your browser can ask for the camera.'),
  },
  page: {
    screen: () => t('Click in the Talkthrough page in your browser so that it lets you choose what to share.'),
    camera: () => t('Click in the Talkthrough page in your browser so that it can ask for the camera.'),
  },
};

/** What the conversation says when the page or view that captured is gone. */
export function shareLostNotice(source: ShareSource): string {
  return source === 'screen'
    ? t('Your screen is no longer shared: the view or page that captured it was closed or is not responding.')
    : t('Your camera is no longer shared: the view or page that captured it was closed or is not responding.');
}
