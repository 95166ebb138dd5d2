/** Takes secrets out of a text. Idempotent. */
export type Redact = (text: string) => string;

const MASK = '[redacted]';

/** Shapes that are secret wherever they appear, also when they are not the secret of this session. */
const SECRET_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/([?&](?:key|api_key|access_token|token)=)[^&\s"'<>]+/gi, `$1${MASK}`],
  [/\bAIza[0-9A-Za-z_-]{10,}/g, MASK],
  [/\bya29\.[0-9A-Za-z._-]+/g, MASK],
  [/\bauth_tokens\/[0-9A-Za-z._-]+/g, MASK],
  [/(\bBearer\s+)[0-9A-Za-z._~+/=-]+/gi, `$1${MASK}`],
  [/(\bx-goog-api-key["']?\s*[:=]\s*["']?)[^\s"',}]+/gi, `$1${MASK}`],
];

/** A secret shorter than this would match in ordinary words; no real key is near it. */
const SHORTEST_SECRET = 6;

/**
 * Makes the function through which all text of a session goes before it reaches a log, an error or an event: it masks the
 * given secrets, plain, URL-encoded and in base64, and everything that looks like a key or token.
 */
export function createRedact(secrets: readonly string[]): Redact {
  const spellings = new Set(
    secrets
      .filter((secret) => secret.length >= SHORTEST_SECRET)
      .flatMap((secret) => [secret, encodeURIComponent(secret), ...base64Spellings(secret)]),
  );
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const spelling of longestFirst) clean = clean.replaceAll(spelling, MASK);
    for (const [shape, mask] of SECRET_SHAPES) clean = clean.replace(shape, mask);
    return clean;
  };
}

/** The secret in base64 stands differently at each of three offsets; only the part that depends on nothing else is searched. */
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

/** What an error says, without the objects that hang on it (a WebSocket error carries its URL, and the URL the key). */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = errorCode(error);
  return code !== undefined && !error.message.includes(code) ? `${code}: ${error.message}` : error.message;
}

/** The system's code of an error (`ENOTFOUND`), its own or that of what caused it. */
export function errorCode(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}
