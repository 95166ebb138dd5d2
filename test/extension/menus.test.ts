import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { PROPOSAL_ACTIVE, PROPOSAL_OPEN } from '../../src/tools/proposal/proposal-commands.ts';
import { contextKeys, keepContextKeys } from '../../src/ui/context-keys.ts';
import { TalkRig } from './talk-rig.ts';
import type { TestSurface } from './test-surface.ts';

/** What these tests read of package.json. */
interface Contributions {
  readonly commands: readonly {
    readonly command: string;
    readonly icon?: string | Readonly<Record<string, string>>;
  }[];
  readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
}

describe('the menus', () => {
  let rig: TalkRig;
  let panel: TestSurface;
  let root: string;
  let contributions: Contributions;

  before(() => {
    const extension = vscode.extensions.getExtension('talkthrough.talkthrough');
    assert.ok(extension);
    root = extension.extensionPath;
    // VS Code types an extension's package.json as any; ours is at the root of this repository.
    contributions = (extension.packageJSON as { contributes: Contributions }).contributes;
  });
  beforeEach(async () => {
    rig = await TalkRig.open();
    panel = rig.addPanel('microphone', 'playback', 'camera', 'display-capture');
  });
  afterEach(() => rig.close());

  const entries = () => Object.values(contributions.menus).flat();
  const keys = () => contextKeys(rig.talk.view, rig.shares.view);

  it('name only commands there are, and depend only on what Talkthrough tells them', () => {
    const commands = contributions.commands.map(({ command }) => command);
    const told = [...Object.keys(keys()), PROPOSAL_OPEN, PROPOSAL_ACTIVE];
    for (const { command, when = '' } of entries()) {
      assert.ok(commands.includes(command), command);
      // The view has a name of the same form.
      for (const key of when.replaceAll('talkthrough.conversation', '').match(/\btalkthrough\.\w+/g) ?? []) {
        assert.ok(told.includes(key), `${key}, which ${command} waits for`);
      }
    }
  });

  it('show pictures that are there, red where something is seen', async () => {
    const stop = contributions.commands.find(({ command }) => command === 'talkthrough.stopSharing');
    assert.ok(typeof stop?.icon === 'object');
    for (const theme of ['light', 'dark']) {
      const icon = await readFile(join(root, stop.icon[theme] ?? ''), 'utf8');
      const [, red = '', green = '', blue = ''] = /fill="#(..)(..)(..)"/.exec(icon) ?? [];
      const strength = (hex: string): number => Number.parseInt(hex, 16);
      assert.ok(strength(red) > 2 * Math.max(strength(green), strength(blue)), `${theme}: ${icon}`);
    }
  });

  it('are told what is seen, what can be stopped, and where the focus can go, the moment it changes', async () => {
    const told = new Map<string, unknown>();
    const { executeCommand } = vscode.commands;
    // VS Code tells an extension no context key's value: what it is told is read on its way.
    const listening = (command: string, ...args: unknown[]): Thenable<unknown> => {
      if (command === 'setContext') told.set(String(args[0]), args[1]);
      return executeCommand(command, ...args);
    };
    Object.assign(vscode.commands, { executeCommand: listening });
    const kept = keepContextKeys(rig.talk);
    try {
      await rig.live();
      const share = async (source: 'screen' | 'camera'): Promise<void> => {
        await rig.sharing.share(source);
        assert.equal(told.get('talkthrough.shareAsked'), true);
        const asked = panel.posted.findLast((message) => message.type === 'share');
        assert.ok(asked?.type === 'share');
        const state = { kind: 'on', label: '', widthPx: 64, heightPx: 36 } as const;
        panel.says({ type: 'shareState', source, epoch: asked.epoch, state });
      };
      assert.equal(told.get('talkthrough.sharing'), false);
      await share('screen');
      assert.equal(told.get('talkthrough.sharing'), true);
      assert.deepEqual([told.get('talkthrough.sharingScreen'), told.get('talkthrough.sharingCamera')], [true, false]);
      assert.equal(told.get('talkthrough.otherShare'), '');
      await share('camera');
      assert.equal(told.get('talkthrough.otherShare'), 'screen');
      rig.shares.stopSharing();
      assert.deepEqual([told.get('talkthrough.sharing'), told.get('talkthrough.shareAsked')], [false, false]);
    } finally {
      kept.dispose();
      Object.assign(vscode.commands, { executeCommand });
    }
  });
});
