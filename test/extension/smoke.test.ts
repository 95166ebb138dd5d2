import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

/** What these tests read of package.json. */
interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function talkthrough(): { activate: () => Thenable<unknown>; manifest: Manifest } {
  const extension = vscode.extensions.getExtension('talkthrough.talkthrough');
  assert.ok(extension, 'Talkthrough is not installed');
  // VS Code types an extension's package.json as any; ours is at the root of this repository.
  return { activate: () => extension.activate(), manifest: extension.packageJSON as Manifest };
}

describe('Talkthrough inside VS Code', () => {
  it('is there once VS Code has started, for its light bulb to be offered', () => {
    assert.deepEqual(talkthrough().manifest.activationEvents, ['onStartupFinished']);
  });

  it('offers every command its manifest names', async () => {
    const { activate, manifest } = talkthrough();
    await activate();
    const offered = await vscode.commands.getCommands(true);
    const promised = manifest.contributes.commands.map(({ command }) => command);
    assert.ok(promised.length > 0);
    assert.deepEqual(
      promised.filter((command) => !offered.includes(command)),
      [],
    );
  });
});
