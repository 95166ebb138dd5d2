import type { LiveLog } from './log.ts';

const MASK = '[redacted]';

const SECRET_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/([?&](?:key|api_key|access_token|token)=)[^&\s"'<>]+/gi, `$1${MASK}`],
  [/\bAIza[0-9A-Za-z_-]{10,}/g, MASK],
  [/\bya29\.[0-9A-Za-z._-]+/g, MASK],
  [/\bauth_tokens\/[0-9A-Za-z._-]+/g, MASK],
  [/(\bBearer\s+)[0-9A-Za-z._~+/=-]+/gi, `$1${MASK}`],
  [/(\bx-goog-api-key["']?\s*[:=]\s*["']?)[^\s"',}]+/gi, `$1${MASK}`],
];

/** A shorter one would match in ordinary words. */
const SHORTEST_SECRET = 6;

/** Masks the secrets of a session, and all that looks like a key or token. */
export class Redactor {
  readonly #longestFirst: readonly string[];

  constructor(secrets: readonly string[]) {
    const spellings = new Set(
      secrets
        .filter((secret) => secret.length >= SHORTEST_SECRET)
        .flatMap((secret) => [secret, encodeURIComponent(secret), ...base64Spellings(secret)]),
    );
    this.#longestFirst = [...spellings].sort((a, b) => b.length - a.length);
  }

  /** Every text goes through this before a log, an error or an event. Idempotent. */
  redact(text: string): string {
    let clean = text;
    for (const spelling of this.#longestFirst) clean = clean.replaceAll(spelling, MASK);
    for (const [shape, mask] of SECRET_SHAPES) clean = clean.replace(shape, mask);
    return clean;
  }

  redactAll(texts: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, this.redact(text)]));
  }

  log(log: LiveLog): LiveLog {
    return {
      debug: (message) => log.debug(this.redact(message)),
      info: (message) => log.info(this.redact(message)),
      warn: (message) => log.warn(this.redact(message)),
      error: (message) => log.error(this.redact(message)),
    };
  }
}

/** Base64 spells a secret differently at each of three offsets. Only the part without its neighbours counts. */
function base64Spellings(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const from = offset === 0 ? 0 : offset + 1;
    const whole = Math.floor(encoded.length / 3) * 4;
    const standard = encoded.toString('base64').slice(from, whole);
    const urlSafe = encoded.toString('base64url').slice(from, whole);
    return standard.length >= SHORTEST_SECRET ? [standard, urlSafe] : [];
  });
}

/** A WebSocket error also carries its URL, and the URL the key. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = errorCode(error);
  return code !== undefined && !error.message.includes(code) ? `${code}: ${error.message}` : error.message;
}

/** The system's code (`ENOTFOUND`) of an error or its cause. */
export function errorCode(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}
