import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { readSettings } from '../../src/settings/settings.ts';
import { SurfaceHub } from '../../src/surface/hub.ts';
import { PageDoor } from '../../src/surface/page/page-door.ts';
import { PageLink } from '../../src/talk/page-link.ts';

/** Nothing is kept. */
const FORGETFUL: vscode.Memento = {
  keys: () => [],
  get: <T>(_key: string, otherwise?: T) => otherwise,
  update: () => Promise.resolve(),
};

describe('the page that a session opens', () => {
  let log: vscode.LogOutputChannel;
  let hub: SurfaceHub;
  let door: PageDoor;
  let link: PageLink;
  /** VS Code's questions whether to open the website, in order: each answers one. */
  let prompts: ((opened: boolean) => void)[];
  let prompted: PromiseWithResolvers<void>;

  before(() => {
    log = vscode.window.createOutputChannel('Page link test', { log: true });
  });
  after(() => log.dispose());

  beforeEach(() => {
    const extension = vscode.extensions.getExtension('talkthrough.talkthrough');
    assert.ok(extension);
    // Only its folder is looked at.
    const context = { extensionUri: extension.extensionUri, workspaceState: FORGETFUL } as vscode.ExtensionContext;
    hub = new SurfaceHub();
    door = new PageDoor(context, log);
    prompts = [];
    prompted = Promise.withResolvers();
    link = new PageLink({
      door,
      hub,
      log,
      memory: FORGETFUL,
      settings: { current: { ...readSettings(), capture: 'page' }, onDidChange: new vscode.EventEmitter<void>().event },
      opener: {
        open: () =>
          new Promise((resolve) => {
            prompts.push(resolve);
            prompted.resolve();
          }),
      },
    });
  });
  afterEach(async () => {
    link.dispose();
    await door.close();
    hub.dispose();
  });

  /** A session begins, and VS Code asks whether to open the website. */
  async function begin(): Promise<{ begun: Promise<void> }> {
    prompted = Promise.withResolvers();
    const begun = link.sessionBegins();
    await prompted.promise;
    return { begun };
  }

  it('is called closed when the person does not let VS Code open it', async () => {
    const { begun } = await begin();
    prompts[0]?.(false);
    await begun;
    assert.equal(link.problem?.code, 'page-closed');
  });

  it('is nothing to them once that session is over, and the next one opens it anew', async () => {
    const { begun } = await begin();
    link.sessionEnds();
    prompts[0]?.(false);
    await begun;
    assert.equal(link.problem, undefined);
    await begin();
    assert.equal(prompts.length, 2);
  });

  it('is still on its way in the next session, whatever they answer to the question of the last', async () => {
    const { begun } = await begin();
    link.sessionEnds();
    await begin();
    prompts[0]?.(false);
    await begun;
    assert.equal(link.problem?.code, 'page-opening');
  });

  it('is not called closed when they chose to type before they answered', async () => {
    const { begun } = await begin();
    await link.chooseTyping();
    prompts[0]?.(false);
    await begun;
    assert.equal(link.problem, undefined);
  });

  it('is not asked for when the session ends before its address is known', async () => {
    const begun = link.sessionBegins();
    link.sessionEnds();
    await begun;
    assert.equal(prompts.length, 0);
  });

  it('is not asked for when typing is chosen before its address is known', async () => {
    const begun = link.sessionBegins();
    await link.chooseTyping();
    await Promise.race([begun, prompted.promise]);
    assert.equal(prompts.length, 0);
    assert.equal(link.problem, undefined);
  });

  it('is asked for once when it is wanted again at once, at the address that leads somewhere', async () => {
    const begun = link.sessionBegins();
    await link.chooseTyping();
    const again = link.chooseOpen();
    await prompted.promise;
    prompts[0]?.(true);
    await Promise.all([begun, again]);
    assert.equal(prompts.length, 1);
    assert.equal(link.problem?.code, 'page-opening');
  });

  it('is opened by a session that begins after one was let in too late', async () => {
    link.pageJoined();
    link.pageClosed();
    await begin();
    assert.equal(link.problem?.code, 'page-opening');
  });
});
