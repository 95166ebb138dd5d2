import assert from 'node:assert/strict';
import { Emitter } from '../../../webview/emitter.ts';

class Door extends Emitter<{ opened: string; closed: undefined }> {
  open(by: string): void {
    this.emit('opened', by);
  }

  close(): void {
    this.emit('closed');
  }
}

describe('What tells events in the webview', () => {
  it('tells all who listen to that event, in their order, before it goes on', () => {
    const door = new Door();
    const heard: string[] = [];
    door.on('opened', (by) => heard.push(`first ${by}`));
    door.on('opened', (by) => heard.push(`second ${by}`));
    door.on('closed', () => heard.push('closed'));
    door.open('Ann');
    door.close();
    assert.deepEqual(heard, ['first Ann', 'second Ann', 'closed']);
  });

  it('tells nobody whose signal was aborted, before or after they began to listen', () => {
    const door = new Door();
    const heard: string[] = [];
    const listening = new AbortController();
    door.on('opened', (by) => heard.push(by), listening.signal);
    door.open('Ann');
    listening.abort();
    door.open('Bob');
    door.on('opened', (by) => heard.push(by), listening.signal);
    door.open('Cy');
    assert.deepEqual(heard, ['Ann']);
  });
});
