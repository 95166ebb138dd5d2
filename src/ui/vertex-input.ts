import * as vscode from 'vscode';
import { readSettings, writeSetting } from '../settings/settings.ts';

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
export async function askForVertex(): Promise<boolean> {
  const { vertex } = readSettings();
  const project = await vscode.window.showInputBox({
    title: 'Vertex AI (1 of 2)',
    prompt: 'Google Cloud project. Sign in first with: gcloud auth application-default login',
    placeHolder: 'my-project-id',
    value: vertex.project,
    ignoreFocusOut: true,
    validateInput: (value) =>
      PROJECT.test(value.trim()) ? undefined : 'A project ID has 6 to 30 lower-case letters, digits and hyphens.',
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
