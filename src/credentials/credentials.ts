import type { LiveCredentials } from '../live/settings.ts';
import type { Settings } from '../settings/schema.ts';
import type { SecretKey } from './secret-key.ts';

/** Where a session gets its credentials from. */
export interface CredentialSource {
  /** Asks the person where nothing is known; nothing when they changed their mind. */
  get(): Promise<LiveCredentials | undefined>;
}

/** What the settings and the secret storage give to begin a session with; nothing where something is still to be asked. */
export async function knownCredentials(settings: Settings, secretKey: SecretKey): Promise<LiveCredentials | undefined> {
  if (settings.service === 'Vertex AI') {
    const { project, location } = settings.vertex;
    return project === '' ? undefined : { kind: 'vertex', project, location };
  }
  const apiKey = await secretKey.read();
  return apiKey === undefined ? undefined : { kind: 'gemini', apiKey };
}
