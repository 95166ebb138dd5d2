import { checkAddress, hostName } from './address.ts';
import { codeByNetwork, codeByReason, codeByStatus } from './close-reason.ts';
import { failure, type Failure, type FailureCode } from '../failure.ts';
import { isKeyShaped } from './google-credentials.ts';
import { describeError, errorCode, Redactor } from '../redact.ts';
import { asRecord, asString } from '../wire/json.ts';

/** Who does not answer one small request in this time will not hold a conversation. */
const BOUND_MS = 15_000;

const GEMINI_URL = 'https://generativelanguage.googleapis.com';

/** `aborted`: the caller gave up, so nobody needs to read the failure. */
export type KeyCheck =
  { readonly ok: true } | { readonly ok: false; readonly aborted: boolean; readonly failure: Failure };

/**
 * Asks the Gemini API whether it takes a key: lists one model. The key goes in a header, never into the address.
 *
 * @param baseUrl empty: Google's own
 * @returns always, also when it fails or is given up
 */
export async function checkApiKey(apiKey: string, baseUrl: string, signal?: AbortSignal): Promise<KeyCheck> {
  const redactor = new Redactor([apiKey]);
  const refused = (code: FailureCode, detail: string): KeyCheck => ({
    ok: false,
    aborted: signal?.aborted === true,
    failure: failure(code, {
      detail: redactor.redact(detail),
      host: redactor.redact(hostName(baseUrl.trim())),
      service: 'gemini',
    }),
  });
  if (!isKeyShaped(apiKey)) return refused('key-refused', 'not shaped like an API key');

  const wrongAddress = checkAddress(baseUrl.trim());
  if (wrongAddress !== undefined) return { ok: false, aborted: false, failure: wrongAddress };
  const base = (baseUrl.trim() || GEMINI_URL).replace(/\/+$/, '');
  const bound = AbortSignal.timeout(BOUND_MS);
  try {
    const response = await fetch(`${base}/v1beta/models?pageSize=1`, {
      headers: { 'x-goog-api-key': apiKey },
      // A redirect would carry the key elsewhere.
      redirect: 'error',
      signal: signal === undefined ? bound : AbortSignal.any([signal, bound]),
    });
    const body = await response.text();
    if (response.ok)
      return isModelList(body)
        ? { ok: true }
        : refused('not-served', `answered ${response.status}, but no list of models`);
    const words = reasonIn(body);
    return refused(codeByReason(words) ?? codeByStatus(response.status) ?? 'refused', `${response.status}: ${words}`);
  } catch (error) {
    if (signal?.aborted === true) return refused('no-answer', 'given up before the answer');
    if (bound.aborted) return refused('no-answer', `no answer within ${BOUND_MS} ms`);
    const system = errorCode(error);
    const code = system === undefined ? undefined : codeByNetwork({ errorCode: system, phase: 'opening' });
    return refused(code ?? 'no-network', describeError(error));
  }
}

/** Something else may answer 200 to everything. */
function isModelList(body: string): boolean {
  return asRecord(parsed(body))?.['models'] !== undefined;
}

/** Google's error body tells a bad key from a closed region under the same status. */
function reasonIn(body: string): string {
  const error = asRecord(asRecord(parsed(body))?.['error']);
  const words = [asString(error?.['message']), asString(error?.['status']), JSON.stringify(error?.['details'] ?? '')];
  return words
    .filter((word) => word !== undefined && word !== '""')
    .join(' ')
    .slice(0, 500);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
