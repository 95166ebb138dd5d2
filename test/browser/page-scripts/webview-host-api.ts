import type { FromSurface, ToSurface } from '../../../src/protocol/messages.ts';

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
  setTheme(theme: ThemeFixture): void;
  setThemeOnceLoaded(theme: ThemeFixture): void;
  /** Counts nodes that come, go or change, until the function it returns is called. */
  watchMutations(): () => number;
}
