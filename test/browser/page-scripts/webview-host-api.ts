import type { FromSurface, ToSurface } from '../../../src/protocol/messages.ts';
import type { OpenResources } from './audio-harness-contract.ts';

/** The theme variables that the view uses, as a real VS Code sets them, and how it marks the body. */
export interface ThemeFixture {
  readonly name: string;
  readonly bodyClass: string;
  readonly kind: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What a test can do and see inside the page, as `webviewHost`. */
export interface WebviewHost {
  /** What the surface has said, in order. */
  readonly posted: FromSurface[];
  /** What the content security policy refused. */
  readonly violations: string[];
  /** Posts to the surface; settles when it has taken all of them. */
  deliver(messages: readonly ToSurface[]): Promise<void>;
  /** Gives the surface both roles once the page has loaded, and a reply of so many silent samples, if any. */
  beginOnceLoaded(samples: number): void;
  /** Settles when the surface has posted a message with at least these fields. */
  untilPosted(fields: object): Promise<void>;
  timesAskedForMicrophone(): number;
  openResources(): OpenResources;
  setTheme(theme: ThemeFixture): void;
  setThemeOnceLoaded(theme: ThemeFixture): void;
  /** Counts nodes that come, go or change, until the function it returns is called. */
  watchMutations(): Promise<() => number>;
  /** What a screen reader would call the element that has the focus. */
  focusedName(): string;
  /** A computed style of the first element found, or of the one that has the focus when the selector is `:focus`. */
  style(selector: string, property: string): string;
  /** Elements that reach beyond the left or right edge of the page. */
  overflowing(): readonly string[];
  /** Whether the conversation is scrolled to its end and that end says `text`. */
  isAtEnd(text: string): boolean;
  /** The topmost entry in sight and where it stands. */
  topEntry(): string;
  /** WCAG contrast ratio, 1 to 21, of the text of the first element found against the side bar. */
  contrast(selector: string): number;
  /** How many pictures are held by object URLs that nobody has given back. */
  heldPictures(): number;
  /** The bytes of the picture that an image shows, once the browser has read it. */
  shownBytes(selector: string): Promise<readonly number[]>;
}
