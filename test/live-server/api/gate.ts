// The front door: which service and version an address means, and who may pass.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Service } from '../wire/protos.ts';
import { CLOSE, type CloseReason } from '../wire/reasons.ts';
import type { AuthMode } from './record.ts';

export interface Credentials {
  /** API keys that are accepted. */
  keys: ReadonlySet<string>;
  /** OAuth2 access tokens that Vertex accepts. */
  accessTokens: ReadonlySet<string>;
  /** Ephemeral tokens (`auth_tokens/…`). */
  ephemeralTokens: ReadonlySet<string>;
  /** Vertex in express mode takes API keys too. */
  vertexExpress: boolean;
}

export interface LiveAddress {
  service: Service;
  apiVersion: string;
  /** `BidiGenerateContentConstrained`: for ephemeral tokens. */
  constrained: boolean;
}

// Any prefix may stand in front, as a gateway would have; the SDK itself sends a double slash (docs/live-api.md,
// "Address, API version and credentials").
const GEMINI_PATH =
  /\/ws\/google\.ai\.generativelanguage\.(v1\w*)\.GenerativeService\.BidiGenerateContent(Constrained)?$/;
const VERTEX_PATH = /\/ws\/google\.cloud\.aiplatform\.(v1\w*)\.LlmBidiService\/BidiGenerateContent$/;
/**
 * Live on v1 fails at the handshake (docs/live-api.md, "Address, API version and credentials"); Vertex's default is
 * v1beta1.
 */
const LIVE_VERSIONS: Record<Service, readonly string[]> = { gemini: ['v1beta', 'v1alpha'], vertex: ['v1beta1', 'v1'] };

/** The path and query; Node gives them together, and a double slash in front would make `URL` read a host. */
export function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const mark = url.indexOf('?');
  return mark < 0
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

/** Undefined: nothing is served there. */
export function liveAddress(path: string): LiveAddress | undefined {
  const [, geminiVersion, constrained] = GEMINI_PATH.exec(path) ?? [];
  const [, vertexVersion] = VERTEX_PATH.exec(path) ?? [];
  const service: Service = vertexVersion === undefined ? 'gemini' : 'vertex';
  const apiVersion = geminiVersion ?? vertexVersion;
  if (apiVersion === undefined || !LIVE_VERSIONS[service].includes(apiVersion)) return undefined;
  return { service, apiVersion, constrained: constrained !== undefined };
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

export function readAuth(request: IncomingMessage): { mode: AuthMode; value: string } {
  const { query } = splitUrl(request.url ?? '');
  const inQuery = query.get('key');
  if (inQuery !== null) return { mode: 'key-in-query', value: inQuery };
  const token = query.get('access_token');
  if (token !== null) return { mode: 'access-token', value: token };
  const inHeader = first(request.headers['x-goog-api-key']);
  if (inHeader !== undefined) return { mode: 'key-in-header', value: inHeader };
  const [, bearer] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  return bearer === undefined ? { mode: 'none', value: '' } : { mode: 'bearer', value: bearer };
}

/** The close that answers wrong credentials; undefined lets the client in. */
export function checkCredentials(
  address: LiveAddress,
  auth: { mode: AuthMode; value: string },
  credentials: Credentials,
): CloseReason | undefined {
  const isKey = auth.mode === 'key-in-query' || auth.mode === 'key-in-header';
  if (address.service === 'vertex') {
    if (isKey && credentials.vertexExpress) return credentials.keys.has(auth.value) ? undefined : CLOSE.badKey;
    if (isKey) return CLOSE.keysNotSupported;
    return auth.mode === 'bearer' && credentials.accessTokens.has(auth.value) ? undefined : CLOSE.badCredentials;
  }
  if (address.constrained) {
    const known = auth.mode === 'access-token' && credentials.ephemeralTokens.has(auth.value);
    return known ? undefined : CLOSE.badToken;
  }
  if (auth.mode === 'none') return CLOSE.noKey;
  return isKey && credentials.keys.has(auth.value) ? undefined : CLOSE.badKey;
}

/** Headers that are fit for a record: values of credentials are replaced. */
export function redactHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const secret = ['x-goog-api-key', 'authorization', 'cookie'];
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secret.includes(name) ? '<redacted>' : value]),
  );
}
