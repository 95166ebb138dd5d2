import * as vscode from 'vscode';

/**
 * Asks which camera, where there is a choice. Browsers tell names only once a camera was allowed: until then, and with
 * one camera, nothing is asked.
 *
 * @returns its label, empty for the system's own; nothing when the person gave up
 */
export async function chooseCamera(labels: readonly string[]): Promise<string | undefined> {
  if (labels.length < 2) return '';
  const picked = await vscode.window.showQuickPick(
    [
      { label: '$(device-camera-video) System Default', device: '' },
      ...labels.map((device) => ({ label: `$(device-camera-video) ${device}`, device })),
    ],
    { title: 'Share Camera', placeHolder: 'Which camera should Gemini see?' },
  );
  return picked?.device;
}
