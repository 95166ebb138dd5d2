import * as vscode from 'vscode';

/** Which tools of others the person lets the model call: by name, or all that are installed. */
export type OthersSetting = readonly string[] | 'all';

/** `talkthrough.tools.others`. What is written there by mistake lets nothing in. */
export function othersSetting(): OthersSetting {
  const value: unknown = vscode.workspace.getConfiguration('talkthrough').get('tools.others');
  const named = [value].flat().filter((one) => typeof one === 'string');
  if (named.includes('*')) return 'all';
  return named
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'off');
}
