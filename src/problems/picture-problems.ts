import { MAX_PICTURE_FILE_BYTES, type StillFailure } from '../protocol/picture.ts';
import { t } from './l10n.ts';
import { withFullStop } from './problem.ts';

/** Why a file is not shown. */
export type PictureFailure =
  | { readonly code: 'missing' | 'folder' | 'forbidden' | 'empty' | 'damaged' | 'no-picture' }
  | { readonly code: 'undecodable' | 'no-session' | 'no-line' | 'no-view' | 'too-long' }
  /** The editor or preview that was meant: none is open, its content is out of reach, or there is no diagram in it. */
  | { readonly code: 'no-editor' | 'closed-tab' | 'no-mermaid' | 'no-diagram' }
  | { readonly code: 'unreadable'; readonly detail: string }
  /** `sizeBytes` is absent where the file is small, but the picture in it is not. */
  | { readonly code: 'too-large'; readonly sizeBytes?: number }
  | { readonly code: 'other-format'; readonly format: string };

/** What the person can do instead. */
export type PictureAction = 'chooseImage' | 'shareScreen';

export interface PictureWords {
  readonly sentence: string;
  readonly buttons: readonly { readonly action: PictureAction; readonly label: string }[];
}

const LABELS: Readonly<Record<PictureAction, () => string>> = {
  chooseImage: () => t('Choose Another Image…'),
  shareScreen: () => t('Share Screen…'),
};

const words = (sentence: string, ...actions: readonly PictureAction[]): PictureWords => ({
  sentence,
  buttons: actions.map((action) => ({ action, label: LABELS[action]() })),
});

/** What came of trying to decode a file and to send it, as a reason why it is not shown. */
export function pictureFailure(reason: StillFailure | 'no-session' | 'no-line' | 'no-view'): PictureFailure {
  switch (reason) {
    case 'too-large':
      return { code: 'too-large' };
    case 'not-a-picture':
      return { code: 'damaged' };
    case 'unsupported':
      return { code: 'undecodable' };
    case 'no-session':
    case 'no-line':
    case 'no-view':
      return { code: reason };
  }
}

type OfCode<C extends PictureFailure['code']> = PictureFailure & { readonly code: C };

export const PICTURE_PROBLEMS: {
  readonly [C in PictureFailure['code']]: (name: string, failure: OfCode<C>) => PictureWords;
} = {
  missing: (name) => words(t('“{name}” no longer exists.', { name }), 'chooseImage'),
  folder: (name) => words(t('“{name}” is a folder. Choose a picture in it.', { name }), 'chooseImage'),
  forbidden: (name) => words(t('You do not have permission to read “{name}”.', { name }), 'chooseImage'),
  unreadable: (name, { detail }) =>
    words(t('“{name}” could not be read: {detail}', { name, detail: withFullStop(detail) }), 'chooseImage'),
  empty: (name) => words(t('“{name}” is empty.', { name }), 'chooseImage'),
  damaged: (name) =>
    words(
      t('“{name}” cannot be read as a picture: it is damaged, or is not the kind of file its name says.', { name }),
      'chooseImage',
    ),
  'no-picture': (name) =>
    words(
      t('“{name}” is not a picture. PNG, JPEG, WebP, GIF and SVG files can be shown.', { name }),
      'chooseImage',
      'shareScreen',
    ),
  'other-format': (name, { format }) =>
    words(
      t(
        '“{name}” is in the {format} format. PNG, JPEG, WebP, GIF and SVG files can be shown. Open it and share your screen instead.',
        { name, format },
      ),
      'shareScreen',
    ),
  'too-large': (name, { sizeBytes }) => words(tooLarge(name, sizeBytes), 'shareScreen', 'chooseImage'),
  'too-long': (name) =>
    words(t('“{name}” is too long to be shown as text. Share your screen to show it.', { name }), 'shareScreen'),
  // Why there is no session, and what to do about it, stands where problems of the session are shown.
  'no-session': (name) => words(t('“{name}” was not shown because there is no session.', { name })),
  'no-line': (name) =>
    words(
      t('“{name}” was not shown because the connection to Gemini did not come back in time. Try again.', { name }),
      'chooseImage',
    ),
  'no-view': (name) =>
    words(
      t(
        '“{name}” was not shown because the Talkthrough view, which prepares pictures, is not responding. Open it and try again.',
        { name },
      ),
      'chooseImage',
    ),
  undecodable: (name) =>
    words(
      t('The browser that Talkthrough runs in cannot read “{name}”. Open it and share your screen instead.', { name }),
      'shareScreen',
    ),
  'no-editor': () => words(t('No editor is open. Open a diagram, or share your screen.'), 'shareScreen', 'chooseImage'),
  'closed-tab': () =>
    words(
      t('Talkthrough cannot read what this tab shows. Share your screen to show it.'),
      'shareScreen',
      'chooseImage',
    ),
  'no-mermaid': (name) =>
    words(
      t('“{name}” does not contain a Mermaid diagram. Share your screen to show how it looks.', { name }),
      'shareScreen',
      'chooseImage',
    ),
  'no-diagram': (name) =>
    words(
      t('“{name}” does not contain a diagram that Talkthrough can read. Share your screen to show how it looks.', {
        name,
      }),
      'shareScreen',
      'chooseImage',
    ),
};

/** Says why a file is not shown, and what the person can do instead. */
export function pictureProblem<C extends PictureFailure['code']>(name: string, failure: OfCode<C>): PictureWords {
  return PICTURE_PROBLEMS[failure.code](name, failure);
}

function tooLarge(name: string, sizeBytes: number | undefined): string {
  if (sizeBytes === undefined) {
    return t('The picture in “{name}” is too large. Open it and share your screen instead, or show a smaller copy.', {
      name,
    });
  }
  const size = megabytes(sizeBytes, Math.ceil);
  const limit = megabytes(MAX_PICTURE_FILE_BYTES, Math.floor);
  return t(
    '“{name}” is too large: {size} MB, and the limit is {limit} MB. Open it and share your screen instead, or show a smaller copy.',
    { name, size, limit },
  );
}

function megabytes(bytes: number, round: (number: number) => number): number {
  return round(bytes / (1024 * 1024));
}
