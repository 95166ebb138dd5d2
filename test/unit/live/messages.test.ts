import assert from 'node:assert/strict';
import { readFrame } from '../../../src/live/wire/read-message.ts';
import type { LiveEvent } from '../../../src/live/wire/live-event.ts';
import { DEFAULT_TIMINGS } from '../../../src/live/timings.ts';
import { Turns } from '../../../src/live/turns/turns.ts';
import type { Json } from './peer.ts';
import { Seeded } from './seeded.ts';
import { audio, GENERATED, hears, INTERRUPTED, says, TURN_DONE } from './talk.ts';

const read = (message: Json): LiveEvent[] => readFrame(JSON.stringify(message)) ?? [];

/** What a person sees and hears of these messages: entries as they end up, and the sound of each reply. */
function conversation(messages: readonly Json[]): unknown {
  const turns = new Turns({ idPrefix: 'e', firstReply: 1, clock: { now: () => 0 }, timings: DEFAULT_TIMINGS });
  const entries = new Map<string, unknown>();
  const sound: Record<number, string> = {};
  for (const event of messages.flatMap(read)) {
    for (const effect of turns.onEvent(event)) {
      if (effect[0] === 'entry') {
        const { id, kind, text, status } = effect[1];
        entries.set(id, { kind, text, status });
      } else if (effect[0] === 'audio') {
        const [, reply, pcm16] = effect;
        sound[reply] = (sound[reply] ?? '') + Buffer.from(pcm16).toString('hex');
      }
    }
  }
  return { entries: [...entries.values()].map((entry) => JSON.stringify(entry)).sort(), sound };
}

describe('what the service sends', () => {
  it('is understood in any grouping and order of fields', () => {
    const random = new Seeded();
    const scripts: Json[][] = [
      [
        hears('What'),
        hears(' is it?'),
        audio(2, 1),
        says('A'),
        audio(2, 2),
        audio(1, 3),
        says(' dowel.'),
        GENERATED,
        TURN_DONE,
      ],
      [
        hears('Go'),
        says('Once'),
        audio(3, 4),
        INTERRUPTED,
        TURN_DONE,
        hears('Stop'),
        says('Fine.'),
        audio(2, 5),
        GENERATED,
        TURN_DONE,
      ],
      [
        audio(2, 1),
        hears('late words'),
        says('Yes.'),
        TURN_DONE,
        hears('And'),
        hears(' then?'),
        audio(2, 2),
        says('No.'),
        TURN_DONE,
      ],
    ];
    for (let round = 0; round < 300; round += 1) {
      const script = scripts[round % scripts.length] ?? [];
      const extras: Json[] = [
        { usageMetadata: { totalTokenCount: 7 } },
        {},
        { sessionResumptionUpdate: { resumable: false } },
      ];
      const grouped = group(withExtras(script, extras, random), random);
      assert.deepEqual(conversation(grouped), conversation(script), `SEED=${random.seed} round ${round}`);
    }
  });

  it('is read whole when one message carries everything', () => {
    const message: Json = {
      usageMetadata: {
        promptTokenCount: 10,
        candidatesTokenCount: 5,
        promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 10 }],
      },
      goAway: { timeLeft: '9.5s' },
      sessionResumptionUpdate: { newHandle: 'h', resumable: true },
      toolCall: { functionCalls: [{ id: 'c1', name: 'look', args: { at: 'x' } }] },
      toolCallCancellation: { ids: ['c0'] },
      voiceActivity: { type: 'ACTIVITY_START', audioOffset: '1s' },
      interactionStatus: 'IDLE',
      serverContent: {
        turnComplete: true,
        turnCompleteReason: 'GENERATED_OTHER',
        interrupted: true,
        generationComplete: true,
        waitingForInput: true,
        inputTranscription: { text: 'in', finished: true },
        outputTranscription: { text: 'out', words: [{ word: 'out', startOffset: '0s', endOffset: '0.3s' }] },
        modelTurn: {
          parts: [
            { text: 'thinking', thought: true },
            { inlineData: { mimeType: 'audio/pcm', data: 'AAEC' + 'Aw==' } },
          ],
        },
      },
      setupComplete: {},
      somethingNew: { of: 'tomorrow' },
    };
    assert.deepEqual(
      new Set(read(message).map(({ type }) => type)),
      new Set([
        'setupComplete',
        'usage',
        'voiceActivity',
        'outputTranscript',
        'text',
        'audio',
        'interrupted',
        'generationComplete',
        'turnComplete',
        'waitingForInput',
        'inputTranscript',
        'interactionStatus',
        'toolCall',
        'toolCallCancellation',
        'resumption',
        'goAway',
        'unread',
      ]),
    );
    assert.deepEqual(
      read(message).find(({ type }) => type === 'goAway'),
      { type: 'goAway', timeLeftMs: 9500 },
    );
    assert.deepEqual(
      read(message).find(({ type }) => type === 'unread'),
      { type: 'unread', fields: ['somethingNew'] },
    );
    const sound = read(message).find((event) => event.type === 'audio');
    assert.deepEqual(sound, { type: 'audio', pcm16: new Uint8Array([0, 1, 2, 3]), sampleRateHz: 24_000 });
  });

  it('is read in both spellings', () => {
    const usage = (fields: Json) => read({ usageMetadata: fields })[0];
    assert.deepEqual(
      usage({ candidatesTokenCount: 3, candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 3 }] }),
      usage({ responseTokenCount: 3, responseTokensDetails: [{ modality: 'AUDIO', tokenCount: 3 }] }),
    );
    const starts: Json[] = [
      { voiceActivity: { type: 'ACTIVITY_START' } },
      { voiceActivity: { voiceActivityType: 'ACTIVITY_START' } },
      { voiceActivityDetectionSignal: { vadSignalType: 'VAD_SIGNAL_TYPE_SOS' } },
    ];
    for (const start of starts) assert.deepEqual(read(start), [{ type: 'voiceActivity', activity: 'start' }]);
    for (const where of [{ interactionStatus: 'IDLE' }, { serverContent: { interactionStatus: 'IDLE' } }]) {
      assert.deepEqual(read(where), [{ type: 'interactionStatus', status: 'IDLE' }]);
    }
    const rates = ['audio/pcm', 'audio/pcm;rate=24000', 'audio/PCM; rate=24000'].map((mimeType) =>
      read({ serverContent: { modelTurn: { parts: [{ inlineData: { mimeType, data: 'AAA=' } }] } } }),
    );
    assert.deepEqual(rates[1], rates[0]);
    assert.deepEqual(rates[2], rates[0]);
  });

  it('never throws, whatever the shape of a field', () => {
    const random = new Seeded();
    const odd: unknown[] = [
      null,
      0,
      -1,
      '',
      'x',
      true,
      [],
      [null],
      {},
      { parts: 1 },
      { parts: [1, null, {}] },
      [[[]]],
      { text: 3 },
    ];
    const fields = [
      'setupComplete',
      'serverContent',
      'usageMetadata',
      'toolCall',
      'toolCallCancellation',
      'goAway',
      'sessionResumptionUpdate',
      'voiceActivity',
      'voiceActivityDetectionSignal',
      'interactionStatus',
    ];
    const inner = [
      'modelTurn',
      'outputTranscription',
      'inputTranscription',
      'interrupted',
      'turnComplete',
      'turnCompleteReason',
      'functionCalls',
      'ids',
      'timeLeft',
      'promptTokensDetails',
    ];
    const pick = () => odd[random.below(odd.length)];
    const turns = new Turns({ idPrefix: 'e', firstReply: 1, clock: { now: () => 0 }, timings: DEFAULT_TIMINGS });
    for (let round = 0; round < 3000; round += 1) {
      const message: Json = {};
      for (const field of fields) {
        if (random.next() < 0.3)
          message[field] = random.next() < 0.5 ? pick() : Object.fromEntries(inner.map((name) => [name, pick()]));
      }
      const events = readFrame(JSON.stringify(message));
      assert.ok(events !== undefined, `SEED=${random.seed}`);
      for (const event of events) turns.onEvent(event);
    }
    for (const frame of ['', 'null', '1', '"x"', '[]', '{', '\u0000']) assert.equal(readFrame(frame), undefined);
  });
});

/** Puts things that say nothing about the conversation in between. */
function withExtras(script: readonly Json[], extras: readonly Json[], random: Seeded): Json[] {
  return script.flatMap((message) =>
    random.next() < 0.3 ? [extras[random.below(extras.length)] ?? {}, message] : [message],
  );
}

/** What must not change places within a turn; fields of one message are read in this order. */
const RANK = [
  'outputTranscription',
  'modelTurn',
  'interrupted',
  'generationComplete',
  'turnComplete',
  'inputTranscription',
];

/** Merges neighbours into one message where a service could, and shuffles the fields of each. */
function group(messages: readonly Json[], random: Seeded): Json[] {
  const grouped: Json[] = [];
  for (const message of messages) {
    const last = grouped.at(-1);
    const merged = last !== undefined && random.next() < 0.6 ? merge(last, message) : undefined;
    if (merged === undefined) grouped.push(message);
    else grouped[grouped.length - 1] = merged;
  }
  return grouped.map((message) => shuffleFields(message, random));
}

function merge(first: Json, second: Json): Json | undefined {
  const a = (first['serverContent'] ?? {}) as Json; // as made in this file
  const b = (second['serverContent'] ?? {}) as Json; // as made in this file
  const others = (message: Json) => Object.keys(message).filter((key) => key !== 'serverContent');
  if (others(first).some((key) => others(second).includes(key))) return undefined;
  const [only] = Object.keys(b);
  const ranks = Object.keys(a).map((key) => RANK.indexOf(key));
  if (only !== undefined) {
    const parts = only === 'modelTurn' && 'modelTurn' in a && ranks.every((rank) => rank <= RANK.indexOf(only));
    if (parts) {
      const joined = [a['modelTurn'], b['modelTurn']].flatMap((turn) => (turn as { parts: Json[] }).parts); // as made by audio()
      return { ...first, serverContent: { ...a, modelTurn: { role: 'model', parts: joined } } };
    }
    if (ranks.some((rank) => rank >= RANK.indexOf(only))) return undefined;
  }
  const content = { ...a, ...b };
  return { ...first, ...second, ...(Object.keys(content).length > 0 ? { serverContent: content } : {}) };
}

function shuffleFields(message: Json, random: Seeded): Json {
  const entries = random.shuffled(Object.entries(message)).map(([key, value]): [string, unknown] => {
    const nested = key === 'serverContent' ? Object.fromEntries(random.shuffled(Object.entries(value as Json))) : value; // as made above
    return [key, nested];
  });
  return Object.fromEntries(entries);
}
