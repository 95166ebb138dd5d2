// Why Google closes a Live socket: codes and wordings (docs/live-api.md, "Why the service closes a connection"). There
// are no error frames.

export interface CloseReason {
  code: number;
  reason: string;
}

/**
 * A WebSocket close frame carries at most 123 bytes of reason; Google's wordings are cut there (docs/live-api.md, "Why
 * the service closes a connection").
 */
const REASON_LIMIT_BYTES = 123;

/** Cuts a reason to what a close frame can carry, never inside a character. */
export function cutReason(reason: string): string {
  const bytes = Buffer.from(reason, 'utf8');
  if (bytes.length <= REASON_LIMIT_BYTES) return reason;
  return bytes
    .subarray(0, REASON_LIMIT_BYTES)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}

/** A client's message that closes the connection. */
export class Violation extends Error {
  readonly close: CloseReason;

  constructor(code: number, reason: string) {
    super(reason);
    this.name = 'Violation';
    this.close = { code, reason };
  }
}

export const INVALID_ARGUMENT = 'Request contains an invalid argument.';

export function invalidArgument(): Violation {
  return new Violation(1007, INVALID_ARGUMENT);
}

export function invalidJson(detail: string): Violation {
  return new Violation(1007, `Invalid JSON payload received. ${detail}`);
}

/** Closings a script may name, as `close: CLOSE.quota`. */
export const CLOSE = {
  badKey: { code: 1007, reason: 'API key not valid. Please pass a valid API key.' },
  invalidArgument: { code: 1007, reason: INVALID_ARGUMENT },
  region: { code: 1007, reason: 'User location is not supported for the API use.' },
  badHandle: { code: 1007, reason: 'Invalid session handle' },
  badToken: { code: 1007, reason: 'Request has an invalid access_token query parameter' },
  audioNotSupported: {
    code: 1007,
    reason: 'The input modality CONTENT_TYPE_AUDIO is not supported for this model configuration.',
  },
  sessionNotFound: { code: 1008, reason: 'BidiGenerateContent session not found' },
  entityNotFound: { code: 1008, reason: 'Requested entity was not found.' },
  notImplemented: { code: 1008, reason: 'Operation is not implemented, or supported, or enabled.' },
  noKey: {
    code: 1008,
    reason:
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
  },
  keysNotSupported: {
    code: 1008,
    reason:
      'API keys are not supported by this API. Expected OAuth2 access token or other authentication credentials that assert a principal.',
  },
  badCredentials: {
    code: 1008,
    reason:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
  },
  quota: { code: 1011, reason: 'You exceeded your current quota, please check your plan and billing details.' },
  exhausted: { code: 1011, reason: 'Resource has been exhausted (e.g. check quota).' },
  unavailable: { code: 1011, reason: 'The service is currently unavailable.' },
  internal: { code: 1011, reason: 'Internal error encountered.' },
  deadline: { code: 1011, reason: 'Deadline expired before operation could complete.' },
} as const satisfies Record<string, CloseReason>;

/** Wrong model name, or one that is not served on this version of the API. */
export function modelNotFound(model: string, apiVersion: string): Violation {
  return new Violation(
    1008,
    `${model} is not found for API version ${apiVersion}, or is not supported for bidiGenerateContent. Call ListModels to see the list of available models and their supported methods.`,
  );
}
