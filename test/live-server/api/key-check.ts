// GET …/v1beta/models?pageSize=1: how a client checks a key without a session (docs/live-api.md, "Checking a key").
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../wire/json-value.ts';
import { CLOSE } from '../wire/reasons.ts';
import { readAuth, splitUrl } from './gate.ts';

/** `real`: judged by the key. The others answer so whatever the key; `never` leaves the request unanswered. */
export type KeyCheckAnswer = 'real' | 'forbidden' | 'location' | 'quota' | 'unavailable' | 'never';

const MODELS_PATH = /\/(v1|v1beta|v1alpha)\/models$/;

function error(code: number, status: string, message: string, reason: string): { code: number; body: JsonObject } {
  const details: JsonObject[] = [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason,
      domain: 'googleapis.com',
      metadata: { service: 'generativelanguage.googleapis.com' },
    },
    { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en-US', message },
  ];
  return { code, body: { error: { code, message, status, details } } };
}

function listModels(names: readonly string[], pageSize: number): JsonObject {
  const models = names.slice(0, pageSize).map((name) => ({
    name: `models/${name}`,
    version: '001',
    displayName: name,
    inputTokenLimit: 131_072,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ['bidiGenerateContent'],
  }));
  return names.length > pageSize ? { models, nextPageToken: 'next' } : { models };
}

function answer(
  request: IncomingMessage,
  how: Exclude<KeyCheckAnswer, 'never'>,
  keys: ReadonlySet<string>,
  modelNames: readonly string[],
): { code: number; body: JsonObject } {
  switch (how) {
    case 'forbidden':
      return error(
        403,
        'PERMISSION_DENIED',
        'Generative Language API has not been used in this project before or it is disabled.',
        'SERVICE_DISABLED',
      );
    case 'location':
      return error(
        400,
        'FAILED_PRECONDITION',
        'User location is not supported for the API use.',
        'FAILED_PRECONDITION',
      );
    case 'quota':
      return error(429, 'RESOURCE_EXHAUSTED', CLOSE.quota.reason, 'RATE_LIMIT_EXCEEDED');
    case 'unavailable':
      return error(503, 'UNAVAILABLE', CLOSE.unavailable.reason, 'UNAVAILABLE');
    case 'real': {
      const { mode, value } = readAuth(request);
      if (mode === 'none') return error(403, 'PERMISSION_DENIED', CLOSE.noKey.reason, 'CREDENTIALS_MISSING');
      if (!keys.has(value)) return error(400, 'INVALID_ARGUMENT', CLOSE.badKey.reason, 'API_KEY_INVALID');
      const pageSize = Number(splitUrl(request.url ?? '').query.get('pageSize') ?? 50);
      return { code: 200, body: listModels(modelNames, Number.isInteger(pageSize) && pageSize > 0 ? pageSize : 50) };
    }
  }
}

/** Answers a plain HTTP request; @returns the status, or undefined where it stays unanswered. */
export function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  how: KeyCheckAnswer,
  keys: ReadonlySet<string>,
  modelNames: readonly string[],
): number | undefined {
  const { path } = splitUrl(request.url ?? '');
  const isCheck = request.method === 'GET' && MODELS_PATH.test(path);
  if (isCheck && how === 'never') return undefined;
  const { code, body } =
    isCheck && how !== 'never'
      ? answer(request, how, keys, modelNames)
      : error(404, 'NOT_FOUND', `${path} was not found on this server.`, 'NOT_FOUND');
  response.writeHead(code, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(`${JSON.stringify(body, undefined, 2)}\n`);
  return code;
}
