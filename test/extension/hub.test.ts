import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Ability, SurfaceKind } from '../../src/protocol/messages.ts';
import { SurfaceHub } from '../../src/surface/hub.ts';
import type { Surface } from '../../src/surface/surface.ts';
import { TestSurface } from './test-surface.ts';

describe('surfaces and their roles', () => {
  let hub: SurfaceHub;
  let mediaChanges: (Surface | undefined)[];

  beforeEach(() => {
    hub = new SurfaceHub();
    mediaChanges = [];
    hub.onDidChangeMedia((surface) => mediaChanges.push(surface));
  });
  afterEach(() => hub.dispose());

  function add(kind: SurfaceKind, ...abilities: Ability[]): TestSurface {
    const surface = new TestSurface(kind);
    hub.add(surface);
    surface.join(...abilities);
    return surface;
  }

  it('one that can hear and play does both', () => {
    const panel = add('panel', 'microphone', 'playback');
    assert.equal(panel.isMedia, true);
    assert.deepEqual(mediaChanges, [panel]);
  });

  it('the kind that was chosen captures and plays, and no other', () => {
    const panel = add('panel', 'playback');
    const page = add('page', 'playback', 'microphone');
    assert.equal(panel.isMedia, true, 'until the page is chosen');
    hub.setMediaKind('page');
    assert.equal(panel.isMedia, false);
    assert.equal(page.isMedia, true);
    page.dispose();
    assert.equal(panel.isMedia, false, 'a page that was chosen is waited for');
    hub.setMediaKind('panel');
    assert.equal(panel.isMedia, true);
    assert.deepEqual(mediaChanges, [panel, page, undefined, panel]);
  });

  it('only the one that captures is heard; a button works everywhere', () => {
    const first = add('panel', 'microphone', 'playback');
    const second = add('page', 'playback');
    const heard: string[] = [];
    for (const type of ['microphoneChunk', 'intent'] as const) hub.on(type, () => heard.push(type));
    second.says({ type: 'microphoneChunk', sequence: 0, pcm16: new Uint8Array(2), level: 0 });
    assert.deepEqual(heard, []);
    second.says({ type: 'intent', intent: { kind: 'stop' } });
    first.says({ type: 'microphoneChunk', sequence: 0, pcm16: new Uint8Array(2), level: 0 });
    assert.deepEqual(heard, ['intent', 'microphoneChunk']);
  });

  it('one that does not answer captures and plays nothing until it does', () => {
    const panel = add('panel', 'microphone', 'playback');
    hub.setResponding(panel, false);
    assert.equal(panel.isMedia, false);
    hub.setResponding(panel, true);
    assert.equal(panel.isMedia, true);
  });

  it('a reloaded page is told its role anew, so that it captures again', () => {
    const panel = add('panel', 'microphone', 'playback');
    panel.posted.length = 0;
    panel.join('microphone', 'playback');
    assert.equal(panel.isMedia, true);
    assert.equal(mediaChanges.length, 2);
  });

  it('nobody speaks for a surface that has not joined or has gone', () => {
    const panel = new TestSurface('panel');
    hub.add(panel);
    const heard: string[] = [];
    for (const type of ['microphoneChunk', 'intent'] as const) hub.on(type, () => heard.push(type));
    panel.says({ type: 'intent', intent: { kind: 'start' } });
    panel.join('microphone', 'playback');
    panel.dispose();
    panel.says({ type: 'intent', intent: { kind: 'start' } });
    assert.deepEqual(heard, []);
    assert.equal(mediaChanges.at(-1), undefined);
    assert.equal(hub.mediaAbilities.size, 0);
  });
});
