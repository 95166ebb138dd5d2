import { failure, type Failure, type FailureCode } from '../failure.ts';
import type { Redactor } from '../redact.ts';
import type { Service } from '../settings.ts';

export interface ConnectionEnd {
  /** `opening`: before setupComplete. */
  readonly phase: 'opening' | 'open';
  /**
   * `peer`: the service or the network closed; `us`: closed on purpose; `timeout`: no setupComplete in time; `dead`:
   * out of reach though nobody closed; `garbage`: unreadable frames; `credentials`: nobody to sign with; `sdk`: it
   * would not take the setup.
   */
  readonly cause: 'peer' | 'us' | 'timeout' | 'dead' | 'garbage' | 'credentials' | 'sdk';
  /** WebSocket close code; 1006 when there was none. */
  readonly code: number;
  readonly reason: string;
  readonly httpStatus?: number;
  /** The system's code of a network error: `ENOTFOUND` … */
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

export interface ConnectionContext {
  readonly service: Service;
  readonly model: string;
  readonly host: string;
  readonly usedHandle: boolean;
  readonly redactor: Redactor;
}

/**
 * Lower case; the first match wins. The fragments are short, since Google cuts reasons to 123 bytes and rewords them.
 * The close code says less: quota has been seen under several.
 */
const REASONS: readonly (readonly [FailureCode, readonly string[]])[] = [
  [
    'key-refused',
    [
      'api key not valid',
      'api_key_invalid',
      'api key expired',
      'invalid api key',
      'api key not found',
      'unregistered callers',
    ],
  ],
  ['token-refused', ['access_token query parameter', 'auth token', 'ephemeral token']],
  ['region-refused', ['location is not supported']],
  [
    'quota',
    ['current quota', 'resource has been exhausted', 'resource_exhausted', 'quota', 'rate limit', 'too many requests'],
  ],
  ['stale-handle', ['session handle', 'resumption handle']],
  [
    'model-unknown',
    [
      'is not found for api version',
      'not supported for bidigeneratecontent',
      'publisher model',
      'models/',
      'unexpected model name',
    ],
  ],
  ['session-expired', ['session not found', 'entity was not found', 'session expired']],
  ['media-refused', ['content_type_audio is not supported']],
  ['operation-refused', ['operation is not implemented']],
  ['credentials', ['api keys are not supported', 'expected oauth', 'authentication credential', 'unauthenticated']],
  ['key-forbidden', ['permission', 'has not been used in project', 'are blocked', 'service_disabled', 'denied access']],
  ['setup-refused', ['unknown name', 'cannot find field', 'invalid json payload', 'invalid argument', 'invalid value']],
  ['connection-lifetime', ['deadline expired', 'session duration', 'connection lifetime']],
  ['service-unavailable', ['unavailable', 'internal error', 'overloaded', 'try again later']],
];

const NO_NETWORK = new Set(
  'ENOTFOUND EAI_AGAIN ECONNREFUSED ECONNRESET ENETUNREACH EHOSTUNREACH ENETDOWN EHOSTDOWN ETIMEDOUT EPIPE EADDRNOTAVAIL'.split(
    ' ',
  ),
);

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/;

/** Says what the end of a connection means (docs/live-api.md, "Why the service closes a connection"). */
export function classifyEnd(end: ConnectionEnd, context: ConnectionContext): Failure {
  const { model, host, service } = context;
  const detail = context.redactor.redact(end.reason || (end.errorMessage ?? '')).trim();
  const about = { detail, model, host, service };
  const make = (code: FailureCode, changes?: Parameters<typeof failure>[2]) => failure(code, about, changes);

  switch (end.cause) {
    case 'timeout':
      return make('no-answer');
    case 'dead':
      return make('connection-lost');
    case 'garbage':
      return make('garbage');
    case 'credentials':
      return make('credentials');
    case 'sdk':
      return make('setup-refused');
    case 'peer':
    case 'us':
      break;
  }

  const code = codeByReason(end.reason) ?? codeByStatus(end.httpStatus) ?? codeByNetwork(end) ?? codeByClose(end);
  switch (code) {
    case 'setup-refused':
      // The service answers a handle it no longer likes with the words for a wrong field.
      return isGeneral(detail) && context.usedHandle ? make(code, { retry: 'atOnce', dropHandle: true }) : make(code);
    case 'session-expired':
    case 'stale-handle':
      // Without a handle nothing can expire: the model was not found.
      return context.usedHandle || end.phase === 'open' ? make(code) : make('model-unknown');
    case 'key-refused':
    case 'key-forbidden':
      return make(context.service === 'vertex' ? 'credentials' : code);
    case 'quota':
      return end.httpStatus === 429 ? make(code, { retry: 'backoff' }) : make(code);
    default:
      return make(code);
  }
}

const isGeneral = (detail: string) => detail.toLowerCase().includes('invalid argument');

export function codeByReason(reason: string): FailureCode | undefined {
  const text = reason.toLowerCase();
  return REASONS.find(([, fragments]) => fragments.some((fragment) => text.includes(fragment)))?.[0];
}

export function codeByStatus(status: number | undefined): FailureCode | undefined {
  if (status === undefined) return undefined;
  if (status === 401) return 'key-refused';
  if (status === 403) return 'key-forbidden';
  if (status === 404) return 'not-served';
  if (status === 429) return 'quota';
  return status >= 500 ? 'service-unavailable' : 'not-served';
}

export function codeByNetwork(end: Pick<ConnectionEnd, 'errorCode' | 'phase'>): FailureCode | undefined {
  if (end.errorCode === undefined) return undefined;
  if (CERTIFICATE.test(end.errorCode)) return 'certificate';
  // Something that does not speak HTTP answered.
  if (end.errorCode.startsWith('HPE_')) return 'not-served';
  if (!NO_NETWORK.has(end.errorCode)) return undefined;
  return end.phase === 'opening' ? 'no-network' : 'connection-lost';
}

function codeByClose(end: ConnectionEnd): FailureCode {
  switch (end.code) {
    case 1007:
      return 'setup-refused';
    case 1002:
    case 1003:
    case 1009:
      return 'garbage';
    case 1008:
      return 'refused';
    case 1011:
    case 1012:
    case 1013:
    case 1014:
      return 'service-unavailable';
    default:
      return 'connection-lost';
  }
}
