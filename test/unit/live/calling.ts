import assert from 'node:assert/strict';
import type { ToolCall } from '../../../src/live/tool-call.ts';
import { Peer, type Json, type PeerConnection } from './peer.ts';
import { Talk } from './talk.ts';
import { LOOK, REST } from './tools.ts';

export const call = (id: string, name = 'look', args: Json = {}): Json => ({
  toolCall: { functionCalls: [{ ...(id === '' ? {} : { id }), name, args }] },
});
export const cancel = (...ids: string[]): Json => ({ toolCallCancellation: { ids } });

/** A session with tools, and the service that calls them. */
export class Calling {
  readonly peer: Peer;
  readonly talk: Talk;
  /** The newest connection. */
  service: PeerConnection;

  private constructor(peer: Peer, talk: Talk, service: PeerConnection) {
    this.peer = peer;
    this.talk = talk;
    this.service = service;
  }

  static async begin(model = 'gemini-3.8-live'): Promise<Calling> {
    const peer = await Peer.listen();
    const timings = { backoffFirstMs: 1, backoffLongestMs: 2, noteDelayMs: 1 };
    const talk = new Talk({ baseUrl: peer.baseUrl, settings: { model, tools: [LOOK, REST] }, session: { timings } });
    talk.session.start();
    const service = await peer.connection();
    await service.accept();
    await talk.state('live');
    return new Calling(peer, talk, service);
  }

  async end(): Promise<void> {
    this.talk.session.dispose();
    await this.peer.close();
  }

  /** The next connection. Returns its setup. */
  async connected(): Promise<Json> {
    this.service = await this.peer.connection();
    const setup = await this.service.accept();
    await this.talk.state('live');
    return setup;
  }

  /** Says it and waits until it was understood. */
  async say(...messages: Json[]): Promise<void> {
    const seen = this.talk.all('usage').length;
    this.service.say(...messages, { usageMetadata: { totalTokenCount: 1 } });
    await this.talk.until(() => this.talk.all('usage').length > seen);
  }

  get calls(): readonly ToolCall[] {
    return this.talk.all('toolCall').map((told) => told.call);
  }

  get theCall(): ToolCall {
    const [found] = this.calls;
    assert.ok(found !== undefined, 'the session told of the call');
    return found;
  }

  /** All answers so far; the words have to come for it, and everything before them with them. */
  async answers(): Promise<Json[]> {
    this.talk.session.sendText('marker');
    await this.service.hears('clientContent');
    return this.service.heard.flatMap((message) => {
      const { functionResponses } = (message['toolResponse'] ?? {}) as { functionResponses?: Json[] }; // what the SDK sends
      return functionResponses ?? [];
    });
  }
}
