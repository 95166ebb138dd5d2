import * as vscode from 'vscode';
import { knownCredentials, type CredentialSource } from '../credentials/credentials.ts';
import type { SecretKey } from '../credentials/secret-key.ts';
import { readSettings, writeSetting } from '../settings/settings.ts';
import type { LiveCredentials } from '../live/settings.ts';
import { askForKey } from './key-input.ts';
import { askForVertex } from './vertex-input.ts';

/** Asks for a key until the service accepts one, and keeps it. False when the person gave up. */
export async function setUpKey(secretKey: SecretKey): Promise<boolean> {
  const key = await askForKey(readSettings().live.baseUrl);
  if (key === undefined) return false;
  await secretKey.store(key);
  await writeSetting('service', 'gemini');
  return true;
}

/** The first question of all: which door to Gemini. False when the person gave up. */
export async function setUp(secretKey: SecretKey): Promise<boolean> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: '$(key) Gemini API key', detail: 'The quickest: a key from Google AI Studio.', way: 'gemini' as const },
      {
        label: '$(cloud) Vertex AI',
        detail: 'A Google Cloud project, with application default credentials.',
        way: 'vertex' as const,
      },
    ],
    { title: 'Set Up Talkthrough', placeHolder: 'How do you reach Gemini?', ignoreFocusOut: true },
  );
  if (picked === undefined) return false;
  return picked.way === 'gemini' ? setUpKey(secretKey) : askForVertex();
}

/** What is known to make a session with; where nothing is, the person is asked. */
export class AskedCredentials implements CredentialSource {
  readonly #secretKey: SecretKey;

  constructor(secretKey: SecretKey) {
    this.#secretKey = secretKey;
  }

  async get(): Promise<LiveCredentials | undefined> {
    const known = await this.#known();
    if (known !== undefined) return known;
    return (await setUp(this.#secretKey)) ? this.#known() : undefined;
  }

  #known(): Promise<LiveCredentials | undefined> {
    return knownCredentials(readSettings(), this.#secretKey);
  }
}
