import assert from 'node:assert/strict';
import type { LiveTimings } from '../../../src/live/timings.ts';
import type { ToolCall } from '../../../src/live/tool-call.ts';
import { CLOSE, LIVE_MODELS, LOCAL_API_KEY, startLiveServer, type LiveServer } from '../../live-server/index.ts';
import type { ToolAudit, ToolRules } from '../../live-server/api/tool-audit.ts';
import { picture } from './jpeg.ts';
import type { Seeded } from './seeded.ts';
import { Talk } from './talk.ts';
import { LOOK, REST } from './tools.ts';

/** Short, so that five hundred lives fit into seconds; a connection never counts as too short to be tried again. */
const TIMINGS: Partial<LiveTimings> = {
  backoffFirstMs: 1,
  backoffLongestMs: 2,
  stableMs: 0,
  noteDelayMs: 1,
  answerWaitMs: 5,
  goAwayReserveMs: 5,
  // The service is silent more often than not.
  poisonedMs: 60_000,
  frozenMs: 60_000,
};

/** More than these open at once are refused (tool-calls.ts), which is a test of its own. */
const MAX_CALLS = 50;

/** Far beyond what it takes; a call that nobody answers costs this once. */
const SETTLED_MS = 15_000;

/** As `args` of each call: how its tool behaves. The serial number makes what is told of it findable. */
interface Nature {
  readonly serial: number;
  readonly speed: 'at once' | 'soon' | 'slow';
  readonly quiet: boolean;
  readonly still: boolean;
}

/** What an interleaving has met, to be summed up. */
export interface Met extends Omit<ToolAudit, 'faults' | 'missing'> {
  connections: number;
  resumed: number;
}

/** One life of a session, put together by chance: calls, words, cancellations, handles and losses in any order. */
export class Interleaving {
  readonly #chance: Seeded;
  readonly #server: LiveServer;
  readonly #talk: Talk;
  readonly #rules: ToolRules = {
    mustBeTold: ({ id, args: { quiet, still } }) => this.#known.has(id) && quiet === false && still === false,
    isLate: ({ late }) => late === true,
  };
  /** Ids of the calls that have reached a tool. */
  readonly #known = new Set<string>();
  #serial = 0;
  #slow: ToolCall[] = [];
  /** Tools at work that will answer by themselves. */
  readonly #working = new Set<Promise<void>>();
  #over = false;

  private constructor(chance: Seeded, server: LiveServer) {
    this.#chance = chance;
    this.#server = server;
    const models = LIVE_MODELS.filter(({ services }) => services.includes('gemini'));
    this.#talk = new Talk({
      baseUrl: server.baseUrl,
      credentials: { kind: 'gemini', apiKey: LOCAL_API_KEY },
      settings: { model: this.#one(models).name, tools: [LOOK, REST] },
      session: { timings: TIMINGS },
    });
    this.#talk.session.on('toolCall', (call) => {
      const work = this.#work(call);
      this.#working.add(work);
      void work.finally(() => this.#working.delete(work));
    });
  }

  static async run(chance: Seeded, speech: readonly Uint8Array[]): Promise<Met> {
    const server = await startLiveServer({
      seed: chance.below(2 ** 31),
      delivery: { firstAudioDelayMs: 0, timesRealTime: 100, turnComplete: 'early' },
      responder: () => ({ react: (cue) => interleaving.#react(cue.kind) }),
    });
    const interleaving = new Interleaving(chance, server);
    try {
      return await interleaving.#run(speech);
    } finally {
      interleaving.#talk.session.dispose();
      await server.close();
    }
  }

  async #run(speech: readonly Uint8Array[]): Promise<Met> {
    const { session } = this.#talk;
    session.start();
    await this.#talk.state('live');
    for (let step = 4 + this.#chance.below(12); step > 0; step -= 1) {
      this.#step(speech);
      for (let turn = this.#chance.below(5); turn > 0; turn -= 1) await new Promise(setImmediate);
      if (this.#chance.below(3) > 0) await this.#live();
    }
    const end = this.#one(['settle', 'settle', 'settle', 'stop', 'dispose'] as const);
    if (end === 'settle') await this.#settle();
    await this.#end(end === 'dispose' ? 'dispose' : 'stop');
    const audit = this.#server.checkToolCalls(this.#rules);
    const resumed = this.#server.events.filter((event) => event.type === 'setup-complete' && event.resumed).length;
    return { ...audit, connections: this.#server.records.length, resumed };
  }

  #step(speech: readonly Uint8Array[]): void {
    const { session } = this.#talk;
    const steps: readonly (() => void)[] = [
      () => session.sendText('And now?'),
      () => this.#say(speech),
      () => session.tell('editor', `Line ${this.#chance.below(100)}.`),
      () => this.#finish(1),
      () => this.#finish(1),
      () => this.#finish(Infinity),
      () => this.#act({ toolCall: this.#calls() }),
      () => this.#act({ toolCall: this.#calls() }),
      () => this.#act({ toolCall: this.#calls(), handle: true }),
      () => this.#act({ handle: true }),
      () => this.#act({ handle: true }),
      () => this.#act({ cancelToolCalls: this.#chance.below(2) === 0 || this.#openIds().slice(0, 1) }),
      () => this.#act({ message: this.#repeated() }),
      () => this.#act({ reply: { audio: new Int16Array(2_400 * (1 + this.#chance.below(10))), transcript: 'Well.' } }),
      () => this.#act({ interrupt: true }),
      () => this.#act({ goAway: { timeLeftMs: this.#chance.below(20), close: this.#one([false, CLOSE.deadline]) } }),
      () => this.#act({ terminate: true }),
      () => this.#act({ close: this.#one([CLOSE.deadline, CLOSE.internal, CLOSE.sessionNotFound]) }),
      () => this.#server.expireHandles(),
    ];
    this.#one(steps)();
  }

  #say(speech: readonly Uint8Array[]): void {
    for (const chunk of speech) this.#talk.session.sendMicrophone(chunk);
  }

  /** What the service does about what it hears. */
  #react(cue: string) {
    if (this.#over || (cue !== 'text' && cue !== 'speech' && cue !== 'tool-response')) return undefined;
    const reply = { audio: new Int16Array(4_800), transcript: 'Well.' };
    return this.#one([{}, { reply }, { toolCall: this.#calls() }, { toolCall: this.#calls(), reply }]);
  }

  async #work(call: ToolCall): Promise<void> {
    this.#known.add(call.id);
    // What #calls has made.
    const { speed } = call.args as unknown as Nature;
    if (speed === 'at once') this.#answer(call);
    else if (speed === 'soon') {
      for (let turn = this.#chance.below(8); turn > 0; turn -= 1) await new Promise(setImmediate);
      this.#answer(call);
    } else if (this.#over) this.#answer(call);
    else this.#slow.push(call);
  }

  /** Also calls that were aborted: some tools notice late. */
  #answer(call: ToolCall, response = { status: 'ok' }): void {
    const { quiet, still } = call.args as unknown as Nature; // as above
    call.answer({ response, quiet, ...(still && { stills: [picture({ mark: 1 })] }) });
  }

  #finish(count: number): void {
    for (const call of this.#slow.splice(0, count)) this.#answer(call);
  }

  /** Everything is finished and answered, or told, on whatever connections it takes. */
  async #settle(): Promise<void> {
    this.#over = true;
    this.#finish(Infinity);
    const { session } = this.#talk;
    // What is told waits for words on models that take nothing else: for those after the last tool has found something.
    const lastWords = async (): Promise<void> => {
      while (this.#working.size > 0) await Promise.all(this.#working);
      if (session.state.kind === 'live') session.sendText('That is all.');
    };
    session.on('state', ({ kind }) => {
      if (kind === 'live') void lastWords();
    });
    void lastWords();
    await this.#server.toolCallsSettled(this.#rules, SETTLED_MS);
  }

  /** In mid-call, if so: whatever tools still find is of no concern to the service. */
  async #end(how: 'stop' | 'dispose'): Promise<void> {
    const { session } = this.#talk;
    const told = this.#talk.all('toolCall').map(({ call }) => call);
    const unfinished = this.#slow.splice(0);
    this.#over = true;
    let stopped = Promise.resolve();
    if (how === 'stop') stopped = session.stop();
    else session.dispose();
    assert.ok(
      unfinished.every(({ signal }) => signal.aborted),
      'nobody waits for what is not finished',
    );
    for (const call of told) call.answer({ response: { late: true } });
    await stopped;
    const last = this.#server.records.findLast(({ setup }) => setup !== undefined);
    if (last?.closed === undefined) await this.#server.ever('closed', ({ connection }) => connection === last?.index);
    assert.equal(new Set(told.map(({ id }) => id)).size, told.length, 'each call was made once');
  }

  #act(actions: Parameters<LiveServer['connection']['act']>[0]): void {
    const { connection } = this.#server;
    if (connection.ready) connection.act(actions);
    // Now and then a connection ends before it was one.
    else if (actions.terminate === true && this.#chance.below(2) === 0) connection.act(actions);
  }

  #calls() {
    const count = Math.min(1 + this.#chance.below(10), MAX_CALLS - this.#serial);
    return Array.from({ length: Math.max(0, count) }, () => {
      const args = {
        serial: (this.#serial += 1),
        speed: this.#one(['at once', 'soon', 'slow', 'slow']),
        quiet: this.#chance.below(4) === 0,
        still: this.#chance.below(6) === 0,
      } satisfies Nature;
      return { name: this.#one(['look', 'look', 'look', 'rest', 'made_up']), args };
    });
  }

  #openIds(): string[] {
    return this.#server.connection.record.toolCalls.open.map(({ id }) => id);
  }

  /** A call that waits for its answer, once more under its own id. */
  #repeated() {
    const [call] = this.#server.connection.record.toolCalls.open;
    if (call === undefined) return [];
    const { id, name, args } = call;
    return [{ toolCall: { functionCalls: [{ id, name, args }] } }];
  }

  async #live(): Promise<void> {
    const { session } = this.#talk;
    await this.#talk.until(() => session.state.kind === 'live' || session.state.kind === 'ended');
  }

  #one<T>(items: readonly T[]): T {
    const item = items[this.#chance.below(items.length)];
    if (item === undefined) throw new Error('there is nothing to choose from');
    return item;
  }
}
