import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import type * as liveServer from '../live-server/index.ts';

type LiveServerModule = Pick<typeof liveServer, 'startLiveServer' | 'LOCAL_API_KEY' | 'speak' | 'pcm16ToBytes'>;

/** The strict local server reads Google's protos from beside its sources, so it cannot be a part of the tests' bundle. */
export async function liveServerModule(): Promise<LiveServerModule> {
  const extension = vscode.extensions.getExtension('talkthrough.talkthrough');
  assert.ok(extension);
  const address = pathToFileURL(join(extension.extensionPath, 'test', 'live-server', 'index.ts')).href;
  // What an address leads to has no type; this one leads to the module above.
  return (await import(address)) as LiveServerModule;
}
