import * as vscode from 'vscode';
import { knownCredentials, type CredentialSource } from '../credentials/credentials.ts';
import type { SecretKey } from '../credentials/secret-key.ts';
import { readSettings, writeSetting } from '../settings/settings.ts';
import type { LiveCredentials } from '../live/settings.ts';
import { checkApiKey } from '../live/connection/key-check.ts';
import { COMMAND_PROBLEMS } from '../problems/command-problems.ts';
import { sessionProblem } from '../problems/session-problems.ts';

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

/** Regions that serve Live on Vertex AI, as far as Google's pages list them; any other may be typed in the settings. */
const REGIONS = [
  'us-central1',
  'us-east1',
  'us-east4',
  'us-east5',
  'us-south1',
  'us-west1',
  'us-west4',
  'europe-central2',
  'europe-north1',
  'europe-southwest1',
  'europe-west1',
  'europe-west4',
  'europe-west8',
];

/** Project names as Google Cloud allows them: 6 to 30 of a-z, 0-9 and hyphen; older ones carry a domain before a colon. */
const PROJECT = /^([a-z][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;

/** Asks for project and region and stores them in the user settings. False when the person gave up. */
async function askForVertex(): Promise<boolean> {
  const { vertex } = readSettings();
  const project = await vscode.window.showInputBox({
    title: 'Vertex AI (1 of 2)',
    prompt: 'Google Cloud project. Sign in first with: gcloud auth application-default login',
    placeHolder: 'my-project-id',
    value: vertex.project,
    ignoreFocusOut: true,
    validateInput: (value) => (PROJECT.test(value.trim()) ? undefined : COMMAND_PROBLEMS['project-malformed']()),
  });
  if (project === undefined) return false;
  const region = await vscode.window.showQuickPick(
    REGIONS.map((label) => ({ label, ...(label === vertex.location && { description: 'current' }) })),
    { title: 'Vertex AI (2 of 2)', placeHolder: 'Region that serves the Live API', ignoreFocusOut: true },
  );
  if (region === undefined) return false;
  await writeSetting('vertex.project', project.trim());
  await writeSetting('vertex.location', region.label);
  await writeSetting('service', 'vertex');
  return true;
}

const KEY_PAGE = vscode.Uri.parse('https://aistudio.google.com/apikey');

const GET_KEY: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('link-external'),
  tooltip: 'Get a key at Google AI Studio',
};

/**
 * Asks for a Gemini API key in a hidden input and has the service check it. The input stays open, and says why, until a key
 * is accepted; what it resolves to is an accepted key, or nothing when the person gave up.
 */
function askForKey(baseUrl: string): Promise<string | undefined> {
  const input = vscode.window.createInputBox();
  input.title = 'Gemini API Key';
  const recipient = URL.canParse(baseUrl) ? new URL(baseUrl).host : 'Google';
  input.prompt = `Paste your Gemini API key. It is kept in VS Code’s secret storage and sent to ${recipient} only.`;
  input.placeholder = 'Gemini API key';
  input.password = true;
  input.ignoreFocusOut = true;
  input.buttons = [GET_KEY];
  const abort = new AbortController();

  return new Promise((resolve) => {
    const check = async (key: string): Promise<void> => {
      if (key === '') {
        input.validationMessage = COMMAND_PROBLEMS['key-empty']();
        return;
      }
      input.busy = true;
      input.enabled = false;
      const answer = await checkApiKey(key, baseUrl, abort.signal);
      if (!answer.ok && answer.aborted) return;
      input.busy = false;
      input.enabled = true;
      if (answer.ok) {
        resolve(key);
        input.hide();
        return;
      }
      input.validationMessage = sessionProblem(answer.failure).sentence;
    };
    input.onDidAccept(() => void check(input.value.trim()));
    input.onDidChangeValue(() => (input.validationMessage = undefined));
    input.onDidTriggerButton(() => void vscode.env.openExternal(KEY_PAGE));
    input.onDidHide(() => {
      abort.abort();
      input.dispose();
      resolve(undefined);
    });
    input.show();
  });
}
