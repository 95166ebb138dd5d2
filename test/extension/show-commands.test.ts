import assert from 'node:assert/strict';
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { PrepareStillMessage } from '../../src/protocol/messages.ts';
import type { Json } from '../unit/live/peer.ts';
import { CommandRig } from './command-rig.ts';

const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><script>alert(1)</script></svg>';

const textOf = ({ bytes }: PrepareStillMessage): string => new TextDecoder().decode(bytes);

describe('showing a picture file', () => {
  let rig: CommandRig;

  beforeEach(async () => {
    rig = await CommandRig.open();
  });
  afterEach(() => rig.close());

  it('sends it once, by its name, to a session that begins for it', async () => {
    const png = await readFile(join(__dirname, '..', '..', '..', 'media', 'icon.png'));
    const shown = rig.run('showFile', await rig.file('shelf.png', png));
    const asked = await rig.asked();
    assert.deepEqual([asked.name, asked.mimeType], ['shelf.png', 'image/png']);
    assert.deepEqual(Buffer.from(asked.bytes), png);
    rig.prepared(asked);
    const service = await rig.talk.accepted();
    await shown;
    const isVideo = (message: Json) => (message['realtimeInput'] as Json | undefined)?.['video'] !== undefined;
    while (!service.heard.some(isVideo)) await service.hears('realtimeInput');
    assert.equal(service.heard.filter(isVideo).length, 1);
    assert.match(rig.talk.conversation.entries.at(-1)?.text ?? '', /shelf\.png/);
    assert.deepEqual(rig.person.read, []);
  });

  it('shows all that was selected in the explorer, and goes on past one that cannot be shown', async () => {
    await rig.talk.live();
    const drawings = [
      await rig.file('a.svg', DRAWING),
      await rig.file('b.svg', 'no'),
      await rig.file('c.svg', DRAWING),
    ];
    const shown = rig.run('showFile', drawings[0], drawings);
    rig.prepared(await rig.asked(1));
    rig.prepared(await rig.asked(2));
    await shown;
    assert.deepEqual([(await rig.asked(1)).name, (await rig.asked(2)).name], ['a.svg', 'c.svg']);
    assert.match(rig.person.read.join(), /“b\.svg” cannot be read as a picture/);
  });

  it('says why a file is not shown, and reads nothing of one that is too large', async () => {
    const large = await rig.file('large.png', '');
    await truncate(large.fsPath, 40 * 1024 * 1024);
    const cases: readonly (readonly [vscode.Uri, RegExp])[] = [
      [large, /“large\.png” is too large: 40 MB, and the limit is 32 MB/],
      [await rig.file('torn.png', 'not a picture'), /“torn\.png” cannot be read as a picture/],
      [await rig.file('none.gif', ''), /“none\.gif” is empty/],
      [
        await rig.file('old.bmp', Buffer.from('424d360000000000000036000000', 'hex')),
        /“old\.bmp” is in the BMP format/,
      ],
      [await rig.file('notes.txt', 'words'), /“notes\.txt” does not contain a diagram/],
      [vscode.Uri.file(join(rig.folder, 'gone.png')), /“gone\.png” no longer exists/],
      [vscode.Uri.file(join(rig.folder, 'gone.svg')), /“gone\.svg” no longer exists/],
      [vscode.Uri.file(rig.folder), /is a folder/],
    ];
    for (const [uri, sentence] of cases) {
      await rig.run('showImage', uri);
      await rig.person.reads(sentence);
    }
    assert.equal(rig.last('prepareStill'), undefined);
  });

  it('says so when the browser cannot decode it, and offers to share the screen instead', async () => {
    await rig.talk.live();
    rig.person.answer = 'Share Screen…';
    const shown = rig.run('showImage', await rig.file('big.svg', DRAWING));
    const { request, name } = await rig.asked();
    rig.panel.says({ type: 'stillFailed', request, name, reason: 'unsupported' });
    await shown;
    await rig.person.reads(/cannot read “big\.svg”/);
    await rig.panel.until(() => rig.last('share')?.wanted === true);
  });

  it('says so when a pasted picture could not be shown', async () => {
    rig.panel.says({ type: 'stillFailed', name: 'pasted.png', reason: 'not-a-picture' });
    await rig.person.reads(/“pasted\.png” cannot be read as a picture/);
  });
});

describe('showing the diagram on screen', () => {
  let rig: CommandRig;

  beforeEach(async () => {
    rig = await CommandRig.open();
  });
  afterEach(() => rig.close());

  /** Opens it as a double click would, or by another command, and waits until a tab of that kind shows it. */
  async function open(
    uri: vscode.Uri,
    kind: abstract new (...args: never[]) => unknown,
    command = 'vscode.open',
  ): Promise<void> {
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const isThere = (): boolean => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return tab?.input instanceof kind && tab.label.includes(name);
    };
    const there = new Promise<void>((resolve) => {
      const listener = vscode.window.tabGroups.onDidChangeTabs(() => {
        if (!isThere()) return;
        listener.dispose();
        resolve();
      });
    });
    await vscode.commands.executeCommand(command, uri);
    if (!isThere()) await there;
  }

  it('takes the picture of an image editor', async () => {
    const png = await readFile(join(__dirname, '..', '..', '..', 'media', 'icon.png'));
    await open(await rig.file('plan.drawio.png', png), vscode.TabInputCustom);
    void rig.run('showDiagram');
    const asked = await rig.asked();
    assert.equal(asked.name, 'plan.drawio.png');
    assert.deepEqual(Buffer.from(asked.bytes), png);
  });

  it('takes a drawing as it is typed, not as it was saved', async () => {
    const uri = await rig.file('checkout.svg', DRAWING);
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, DRAWING.length - 6), '<!-- typed -->'));
    void rig.run('showDiagram');
    const asked = await rig.asked();
    assert.equal(asked.mimeType, 'image/svg+xml');
    assert.match(textOf(asked), /<!-- typed --><\/svg>$/);
  });

  it('gives a Mermaid diagram as its source, from its file, from a page of Markdown, and from its preview', async () => {
    const service = await rig.talk.live();
    const told = async (): Promise<string> => JSON.stringify(await service.hears('clientContent'));
    await open(await rig.file('flow.mmd', 'graph LR\n  Cart --> Pay'), vscode.TabInputText);
    await rig.run('showDiagram');
    assert.match(await told(), /flow\.mmd.*Mermaid.*Cart --> Pay/);

    const page = await rig.file('page.md', '# Orders\n\n```mermaid\ngraph LR\n  Pick --> Pack\n```\n');
    await open(page, vscode.TabInputText);
    await rig.run('showDiagram');
    assert.match(await told(), /page\.md.*Pick --> Pack/);

    await open(page, vscode.TabInputWebview, 'markdown.showPreview');
    await rig.run('showDiagram');
    assert.match(await told(), /page\.md.*Pick --> Pack/);
  });

  it('takes what the clicked title belongs to, whatever else is active', async () => {
    const drawing = await rig.file('one.svg', DRAWING);
    await open(await rig.file('other.txt', 'words'), vscode.TabInputText);
    void rig.run('showDiagram', drawing);
    assert.equal((await rig.asked()).name, 'one.svg');
  });

  it('says where there is none, and offers to share the screen', async () => {
    rig.person.answer = 'Share Screen…';
    void rig.run('showDiagram');
    await rig.person.reads(/No editor is open/);
    await (await rig.talk.peer.connection()).accept();
    await rig.panel.until(() => rig.last('share')?.wanted === true);
    await open(await rig.file('notes.txt', 'words'), vscode.TabInputText);
    await rig.run('showDiagram');
    await rig.person.reads(/“notes\.txt” does not contain a diagram/);
    await open(await rig.file('plain.md', '# No diagram'), vscode.TabInputText);
    await rig.run('showDiagram');
    await rig.person.reads(/“plain\.md” does not contain a Mermaid diagram/);
  });
});
