import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits, in a form that may stand in a URL fragment. */
const SECRET_BYTES = 32;

/** A page that was opened and not joined within this time must be opened anew: long enough for a browser's cold start. */
const TOKEN_LIFETIME_MS = 120_000;

/** Open pages that have not joined yet. A person may open more than one; nobody needs many. */
const MAX_TOKENS = 8;

/** What a page shows to be let in: the one-time token of its address, or the secret it was given for it. */
export type Pass = { readonly token: string } | { readonly secret: string };

/**
 * Who may talk to the server. A token opens the door once; whoever comes with it gets the secret of this session, with
 * which the same page may come back after a reload. Both are compared in constant time and kept as hashes only.
 */
export class Admission {
  readonly #nowMs: () => number;
  #tokens: { readonly hash: Buffer; readonly expiresAtMs: number }[] = [];
  readonly #secret = makeSecret();
  readonly #secretHash = hash(this.#secret);

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** A new token for one page. */
  mint(): string {
    const token = makeSecret();
    const fresh = { hash: hash(token), expiresAtMs: this.#nowMs() + TOKEN_LIFETIME_MS };
    this.#tokens = [...this.#valid(), fresh].slice(-MAX_TOKENS);
    return token;
  }

  /** The session's secret, if the pass is good. A token is used up by this. */
  admit(pass: Pass): string | undefined {
    if ('secret' in pass) return timingSafeEqual(hash(pass.secret), this.#secretHash) ? this.#secret : undefined;
    const shown = hash(pass.token);
    const known = this.#valid().filter((token) => timingSafeEqual(token.hash, shown));
    if (known.length === 0) return undefined;
    this.#tokens = this.#tokens.filter((token) => !known.includes(token));
    return this.#secret;
  }

  #valid() {
    return this.#tokens.filter(({ expiresAtMs }) => expiresAtMs > this.#nowMs());
  }
}

function makeSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
