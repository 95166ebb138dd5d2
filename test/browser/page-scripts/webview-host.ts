import type { FromSurface, ToSurface } from '../../../src/protocol/messages.ts';
import { heldPictures, shownBytes, watchObjectUrls } from './object-urls.ts';
import { askedConstraints, openResources, watchResources } from './opened-resources.ts';
import { contrast, focusedName, isAtEnd, overflowing, style, topEntry } from './page-measures.ts';
import type { ThemeFixture, WebviewHost } from './webview-host-api.ts';

/**
 * Makes a plain page into what VS Code makes of a webview, before any script of the page runs: theme variables on the
 * root, default styles in their own layer, theme kind on the body, `acquireVsCodeApi`. It takes the extension host's part
 * as well: it keeps what the surface posts and posts what a test wants.
 */
const STATE_KEY = 'webview-state';
const postings = new EventTarget();
const host: WebviewHost = {
  posted: [],
  violations: [],
  deliver,
  beginOnceLoaded: (samples) => addEventListener('load', () => void begin(samples), { once: true }),
  untilPosted,
  timesAskedForMicrophone: () => askedConstraints().length,
  openResources,
  setTheme,
  setThemeOnceLoaded: (theme) => addEventListener('DOMContentLoaded', () => setTheme(theme), { once: true }),
  watchMutations,
  focusedName,
  style,
  overflowing,
  isAtEnd,
  topEntry,
  contrast,
  heldPictures,
  shownBytes,
};
Object.assign(globalThis, { webviewHost: host, acquireVsCodeApi: acquireApi });

watchResources();
watchObjectUrls();
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
  host.violations.push(`${violatedDirective} ${blockedURI} ${sample}`);
});

function acquireApi(): object {
  return {
    postMessage: (message: FromSurface) => {
      host.posted.push(message);
      postings.dispatchEvent(new Event('posted'));
    },
    // The protocol says what a state is; JSON, as in VS Code, keeps nothing else.
    getState: (): unknown => JSON.parse(sessionStorage.getItem(STATE_KEY) ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem(STATE_KEY, JSON.stringify(state)),
  };
}

async function begin(samples: number): Promise<void> {
  await deliver([{ type: 'roles', view: true, media: true }]);
  if (samples === 0) return;
  const pcm16 = new Uint8Array(2 * samples);
  await deliver([
    { type: 'audio', reply: 1, pcm16 },
    { type: 'audioEnd', reply: 1 },
  ]);
}

/** Settles when the surface has posted a message with at least these fields. */
function untilPosted(fields: object): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!host.posted.some((message) => contains(message, fields))) return;
      postings.removeEventListener('posted', look);
      resolve();
    };
    postings.addEventListener('posted', look);
    look();
  });
}

/** Whether `whole` has all that `part` has, at every depth. */
function contains(whole: unknown, part: unknown): boolean {
  if (typeof whole !== 'object' || whole === null || typeof part !== 'object' || part === null) return whole === part;
  const fields = new Map(Object.entries(whole));
  return Object.entries(part).every(([name, value]) => contains(fields.get(name), value));
}

/** Messages arrive in order: when one that is nobody's has come back, the surface has taken those before it. */
async function deliver(messages: readonly ToSurface[]): Promise<void> {
  for (const message of messages) window.postMessage(message, '*');
  const marker = { type: 'nobody-knows-this', at: performance.now() };
  await new Promise<void>((resolve) => {
    const listen = ({ data }: MessageEvent<{ at?: number }>): void => {
      if (data.at !== marker.at) return;
      removeEventListener('message', listen);
      resolve();
    };
    addEventListener('message', listen);
    window.postMessage(marker, '*');
  });
}

function setTheme({ variables, bodyClass, kind, name }: ThemeFixture): void {
  const { style } = document.documentElement;
  for (const property of [...style]) style.removeProperty(property);
  for (const [property, value] of Object.entries(variables)) style.setProperty(property, value);
  document.body.className = bodyClass;
  Object.assign(document.body.dataset, { vscodeThemeKind: kind, vscodeThemeName: name, vscodeThemeId: name });
}

/** Counts nodes that came, went or changed below the root, until the function it returns is called. */
async function watchMutations(): Promise<() => number> {
  await twoFrames();
  let count = 0;
  const add = (records: readonly MutationRecord[]): void => {
    for (const { type, addedNodes, removedNodes } of records) {
      count += type === 'childList' ? addedNodes.length + removedNodes.length : 1;
    }
  };
  const counting = new MutationObserver(add);
  counting.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  return () => {
    add(counting.takeRecords());
    counting.disconnect();
    return count;
  };
}

/** The toolkit writes its attributes a frame later. */
async function twoFrames(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
}

/** What VS Code puts before a webview's own styles; only that which can be seen here. */
const defaults = new CSSStyleSheet();
defaults.replaceSync(`@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body {
    overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight);
    font-size: var(--vscode-font-size); margin: 0; padding: 0 20px;
  }
  input:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
}
/* The side bar behind the webview. */
html { background: var(--vscode-sideBar-background); }`);
document.adoptedStyleSheets = [defaults];
