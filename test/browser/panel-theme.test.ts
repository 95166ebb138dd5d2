import assert from 'node:assert/strict';
import type { PanelThemeMessage } from '../../src/protocol/messages.ts';
import { readFromSurface } from '../../src/protocol/from-surface.ts';
import { live } from './preview/scenes.ts';
import { useSharedView } from './preview/shared-view.ts';
import type { Stage } from './preview/stage.ts';

describe('The panel beside a page', () => {
  const view = useSharedView();
  let stage: Stage;

  const told = async (): Promise<readonly PanelThemeMessage[]> =>
    (await stage.posted()).filter((message) => message.type === 'panelTheme');

  it('tells how VS Code looks, in all four kinds, whenever that changes', async () => {
    stage = await view.open({ theme: 'dark-modern' });
    await stage.untilPosted({
      type: 'panelTheme',
      kind: 'dark',
      variables: { '--vscode-sideBar-background': '#181818' },
    });
    await stage.setTheme('light-modern');
    await stage.untilPosted({
      type: 'panelTheme',
      kind: 'light',
      variables: { '--vscode-sideBar-background': '#f8f8f8' },
    });
    await stage.setTheme('high-contrast-dark');
    await stage.untilPosted({ type: 'panelTheme', kind: 'high-contrast' });
    await stage.setTheme('high-contrast-light');
    await stage.untilPosted({ type: 'panelTheme', kind: 'high-contrast-light' });
    for (const message of await told()) assert.ok('message' in readFromSurface(message), 'the host takes it');
  });

  it('tells it once while nothing changes, and never more than the host takes', async () => {
    stage = await view.open();
    await stage.untilPosted({ type: 'panelTheme', kind: 'dark' });
    const before = (await told()).length;
    await stage.page.evaluate(`{
      const { style } = document.documentElement;
      style.setProperty('--other-thing', '1');
      for (let at = 0; at < 2000; at += 1) style.setProperty('--vscode-x' + at, at === 0 ? 'x'.repeat(400) : '1');
    }`);
    await stage.untilPosted({ type: 'panelTheme', variables: { '--vscode-x1': '1' } });
    const after = await told();
    assert.equal(after.length, before + 1);
    const { variables } = after.at(-1) ?? { variables: {} };
    assert.equal(Object.keys(variables).length, 1_500);
    assert.ok(!('--other-thing' in variables) && !('--vscode-x0' in variables));
    await stage.page.evaluate(`document.body.classList.add('vscode-dark')`);
    assert.equal((await told()).length, after.length);
  });

  it('opens no microphone, and sends the person to the page where it waits for them', async () => {
    stage = await view.open();
    await stage.post({ type: 'roles', view: true, media: false }, live({ microphone: { kind: 'waiting' } }));
    await stage.post({ type: 'microphone', wanted: 'on', processing: true, attempt: 0 });
    assert.ok(await stage.page.getByText('Click in the Talkthrough page to be heard.').isVisible());
    assert.equal(await stage.page.getByRole('button', { name: 'Click to be heard' }).count(), 0);
    assert.equal(await stage.timesAskedForMicrophone(), 0);
    assert.deepEqual(await stage.openResources(), { audioContexts: 0, liveTracks: 0 });
    await stage.post(live());
    assert.equal(await stage.page.getByText('Click in the Talkthrough page').isVisible(), false);
  });
});
