import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { storedZip } from './stored-zip.ts';

const ID = 'test.shelf-tools';
/** VS Code tells nobody when its list of tools grows, so it is looked at again and again. */
const LOOK_EVERY_MS = 20;

/** A command of the test, by which a tool that waits says how it fares. */
export const TOLD = 'shelf-tools.told';

const tool = (name: string, modelDescription: string, properties: object, required: readonly string[] = []) => ({
  name,
  displayName: name,
  modelDescription,
  inputSchema: { type: 'object', properties, required },
});

const MANIFEST = {
  name: 'shelf-tools',
  publisher: 'test',
  version: '1.0.0',
  engines: { vscode: '^1.106.0' },
  main: './extension.js',
  contributes: {
    languageModelTools: [
      tool('shelf_count', 'Counts what is on a shelf.', { shelf: { type: 'string' } }, ['shelf']),
      tool('shelf-read', 'Reads any file.', { path: { type: 'string' } }, ['path']),
      tool('shelf_list', 'Lists all files.', {}),
      tool('shelf_long', 'Says much.', {}),
      tool('shelf_wait', 'Waits until it is told not to.', {}),
      tool('shelf_fail', 'Fails.', {}),
    ],
  },
};

/** Another extension's tools, careless as they may be: they read what they are told to. */
const CODE = `
const vscode = require('vscode');
const fs = require('fs');
const folder = () => vscode.workspace.workspaceFolders[0].uri.fsPath;
const text = (value) => new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(value)]);
const tools = {
  shelf_count: ({ shelf }) => new vscode.LanguageModelToolResult([
    new vscode.LanguageModelTextPart('shelf ' + shelf + ' has'),
    new vscode.LanguageModelDataPart(Buffer.from('{"planks":3}'), 'application/json'),
    new vscode.LanguageModelDataPart(Buffer.from([1, 2, 3]), 'image/png'),
  ]),
  'shelf-read': ({ path }) => text(fs.readFileSync(folder() + '/' + path, 'utf8')),
  shelf_list: () => text(fs.readdirSync(folder()).join('\\n')),
  shelf_long: () => text('a line of forty characters, more or less\\n'.repeat(5000)),
  shelf_fail: () => { throw Object.assign(new Error('the shelf fell down'), { stack: undefined }); },
  shelf_wait: (_, token) => new Promise((resolve) => {
    token.onCancellationRequested(() => vscode.commands.executeCommand('${TOLD}', 'to stop').then(() => resolve(text(''))));
    vscode.commands.executeCommand('${TOLD}', 'to begin');
  }),
};
exports.activate = (context) => {
  for (const [name, run] of Object.entries(tools)) {
    context.subscriptions.push(vscode.lm.registerTool(name, { invoke: ({ input }, token) => run(input, token) }));
  }
};
`;

const VSIX_MANIFEST = `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="shelf-tools" Version="1.0.0" Publisher="test"/>
    <DisplayName>Shelf tools</DisplayName>
    <Description>Tools of another extension</Description>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
  </Assets>
</PackageManifest>
`;

/** Installs another extension with tools, as a person would; resolves when VS Code offers them. */
export async function installShelfExtension(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'talkthrough-'));
  try {
    const vsix = join(folder, 'shelf-tools.vsix');
    const files = {
      'extension.vsixmanifest': VSIX_MANIFEST,
      'extension/package.json': JSON.stringify(MANIFEST),
      'extension/extension.js': CODE,
    };
    await writeFile(vsix, storedZip(files));
    await vscode.commands.executeCommand('workbench.extensions.installExtension', vscode.Uri.file(vsix));
  } finally {
    await rm(folder, { recursive: true });
  }
  while (!vscode.lm.tools.some(({ name }) => name === 'shelf_fail')) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

export async function removeShelfExtension(): Promise<void> {
  await vscode.commands.executeCommand('workbench.extensions.uninstallExtension', ID);
}
