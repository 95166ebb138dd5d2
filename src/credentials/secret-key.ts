import type { SecretStorage } from 'vscode';

const SECRET_NAME = 'talkthrough.geminiApiKey';

/** The Gemini API key: in VS Code's secret storage, and in memory only while a session is being made with it. */
export class SecretKey {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  async read(): Promise<string | undefined> {
    const key = await this.#secrets.get(SECRET_NAME);
    return key === '' ? undefined : key;
  }

  async store(key: string): Promise<void> {
    await this.#secrets.store(SECRET_NAME, key);
  }

  async forget(): Promise<void> {
    await this.#secrets.delete(SECRET_NAME);
  }
}
