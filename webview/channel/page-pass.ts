import type { FromPage } from '../../src/protocol/page-line.ts';

/** Kept by tab, so that a reload joins again by itself and another browser window knows nothing. */
const SECRET_KEY = 'talkthrough.secret';

/** What lets this tab in: the one-time token of its address, then the secret that was given for it. */
export class PagePass {
  #token: string | undefined;
  #secret: string | undefined;

  /** Takes the token out of the address at once: it must not stay in history, in a bookmark or on the screen. */
  constructor() {
    this.#token = takeToken();
    this.#secret = readSecret();
  }

  /** What to introduce oneself with; undefined when there is nothing that could let this tab in. */
  get hello(): FromPage | undefined {
    if (this.#token !== undefined) return { type: 'hello', token: this.#token };
    if (this.#secret !== undefined) return { type: 'helloAgain', secret: this.#secret };
    return undefined;
  }

  /** Keeps the secret that came for the token. The token has served. */
  keep(secret: string): void {
    this.#token = undefined;
    this.#secret = secret;
    try {
      sessionStorage.setItem(SECRET_KEY, secret);
    } catch {
      // A browser that stores nothing: after a reload the page has to be opened anew, all else works.
    }
  }

  /** Neither is of any use any more. */
  forget(): void {
    this.#token = undefined;
    this.#secret = undefined;
    try {
      sessionStorage.removeItem(SECRET_KEY);
    } catch {
      // As above.
    }
  }
}

function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('t');
  if (token === null) return undefined;
  history.replaceState(null, '', location.pathname);
  return token;
}

function readSecret(): string | undefined {
  try {
    return sessionStorage.getItem(SECRET_KEY) ?? undefined;
  } catch {
    return undefined;
  }
}
