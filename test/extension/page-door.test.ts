import { encode } from '@msgpack/msgpack';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { WebSocket } from 'ws';
import { PAGE_CLOSE } from '../../src/protocol/page-line.ts';
import { PageDoor } from '../../src/surface/page/page-door.ts';
import type { Surface } from '../../src/surface/surface.ts';

/** Nothing is kept. */
const FORGETFUL: vscode.Memento = {
  keys: () => [],
  get: <T>(_key: string, otherwise?: T) => otherwise,
  update: () => Promise.resolve(),
};

describe('the door for a page of the browser', () => {
  let log: vscode.LogOutputChannel;
  let door: PageDoor;
  /** Where the door looks for the extension and keeps its port; all that it asks its context for. */
  let place: { extensionUri: vscode.Uri; workspaceState: vscode.Memento };
  let opened: Surface[];

  before(() => {
    log = vscode.window.createOutputChannel('Page door test', { log: true });
  });
  after(() => log.dispose());

  beforeEach(() => {
    const extension = vscode.extensions.getExtension('talkthrough.talkthrough');
    assert.ok(extension);
    opened = [];
    place = { extensionUri: extension.extensionUri, workspaceState: FORGETFUL };
    const context = place as vscode.ExtensionContext;
    door = new PageDoor(context, log);
    door.onDidLetIn((page) => opened.push(page));
  });
  afterEach(() => door.close());

  /** A page at an address of the door's, connected, and what it says first. */
  async function arrive(address: vscode.Uri): Promise<{ readonly page: WebSocket; readonly hello: Uint8Array }> {
    const page = new WebSocket(`ws://${address.authority}/socket`, { origin: `http://${address.authority}` });
    await once(page, 'open');
    return { page, hello: encode({ type: 'hello', token: address.fragment.slice('t='.length) }) };
  }

  it('lets in a page that shows the token of its address', async () => {
    const { page, hello } = await arrive(await door.address());
    page.send(hello);
    await once(page, 'message');
    assert.equal(opened.length, 1);
    assert.equal(door.hasPage, true);
  });

  it('opens at the second try where the first failed', async () => {
    const { extensionUri } = place;
    place.extensionUri = vscode.Uri.joinPath(extensionUri, 'not-there');
    await assert.rejects(door.address());
    place.extensionUri = extensionUri;
    const { page } = await arrive(await door.address());
    page.terminate();
  });

  it('opens where its port cannot be remembered, too', async () => {
    place.workspaceState = { ...FORGETFUL, update: () => Promise.reject(new Error('The disk is full.')) };
    const { page } = await arrive(await door.address());
    page.terminate();
  });

  it('tells a page that says who it is as the session ends that it has ended', async () => {
    const { page, hello } = await arrive(await door.address());
    page.send(hello);
    void door.close();
    const [code] = (await once(page, 'close')) as [number];
    assert.equal(code, PAGE_CLOSE.ended);
    assert.equal(opened.length, 0, 'and it is not let in');
  });
});
