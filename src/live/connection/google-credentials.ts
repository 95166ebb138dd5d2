import type { AuthClient } from 'google-auth-library';
import { failure, type Failure } from '../failure.ts';
import type { LiveCredentials } from '../settings.ts';

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/**
 * @param host who would be asked: `Google` or the gateway's host
 * @returns what is wrong before anybody is asked
 */
export function checkCredentials(credentials: LiveCredentials, host: string): Failure | undefined {
  switch (credentials.kind) {
    case 'gemini':
      // The key travels in a URL.
      return isKeyShaped(credentials.apiKey)
        ? undefined
        : failure('key-refused', { detail: 'not shaped like an API key', host });
    case 'vertex': {
      const { project, location } = credentials;
      if (project.trim() === '') return failure('credentials', { detail: 'no Google Cloud project is set', host });
      // A wrong location must make no other address than Google's.
      return location === 'global' || !/^[a-z0-9-]+$/.test(location)
        ? failure('location-refused', { detail: `location "${location}"` })
        : undefined;
    }
  }
}

export function isKeyShaped(apiKey: string): boolean {
  return /^[A-Za-z0-9._~:/-]+$/.test(apiKey);
}

/**
 * Lets whoever signs requests to Vertex AI sign one, so that missing credentials are known before a socket is opened.
 *
 * @returns undefined for the Gemini API
 * @throws Error when there are none within `boundMs`: off Google Cloud the search asks a server that is not there
 */
export async function findAuthClient(credentials: LiveCredentials, boundMs: number): Promise<AuthClient | undefined> {
  if (credentials.kind === 'gemini') return undefined;
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no Google Cloud credentials within ${boundMs} ms`));
    }, boundMs);
  });
  const found = signingClient(credentials.authClient);
  // After the bound nobody waits for this one.
  found.catch(() => undefined);
  try {
    return await Promise.race([found, bound]);
  } finally {
    clearTimeout(timer);
  }
}

async function signingClient(given: AuthClient | undefined): Promise<AuthClient> {
  const client = given ?? (await defaultClient());
  await client.getRequestHeaders();
  return client;
}

async function defaultClient(): Promise<AuthClient> {
  const { GoogleAuth } = await import('google-auth-library');
  return new GoogleAuth({ scopes: [SCOPE] }).getClient();
}
