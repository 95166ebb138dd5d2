import assert from 'node:assert/strict';
import { Peer, type Json } from './peer.ts';
import { audio, hears, says, Talk, TURN_DONE } from './talk.ts';

const ASKED = "The service's rules blocked your question. Try asking in different words.";
const ANSWER = "The service's rules blocked the answer. Try asking in different words.";
const FAILED = 'The answer failed. Please ask again.';

/** What a person reads for each reason the SDK knows; nothing for those that ask for nothing. */
const REASONS: Readonly<Record<string, string | undefined>> = {
  PROHIBITED_INPUT_CONTENT: ASKED,
  IMAGE_PROHIBITED_INPUT_CONTENT: ASKED,
  INPUT_TEXT_CONTAIN_PROMINENT_PERSON_PROHIBITED: ASKED,
  INPUT_OTHER: ASKED,
  BLOCKLIST: ASKED,
  UNSAFE_PROMPT_FOR_IMAGE_GENERATION: ASKED,
  RESPONSE_REJECTED: ANSWER,
  GENERATED_CONTENT_SAFETY: ANSWER,
  GENERATED_AUDIO_SAFETY: ANSWER,
  GENERATED_CONTENT_BLOCKLIST: ANSWER,
  OUTPUT_IMAGE_IP_PROHIBITED: ANSWER,
  MALFORMED_FUNCTION_CALL: FAILED,
  MAX_REGENERATION_REACHED: FAILED,
  GENERATED_OTHER: FAILED,
  NEED_MORE_INPUT: undefined,
  TURN_COMPLETE_REASON_UNSPECIFIED: undefined,
};

describe('an answer that the service keeps back', () => {
  let peer: Peer;
  let talk: Talk;

  beforeEach(async () => {
    peer = await Peer.listen();
    talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.start();
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  /** The notices after a turn that ends for this reason. */
  const noticesAfter = async (reason: string, ...before: readonly Json[]) => {
    const service = await peer.connection();
    await service.accept(...before, { serverContent: { turnComplete: true, turnCompleteReason: reason } });
    service.say({ usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length > 0);
    return talk.all('notice').map(({ sentence }) => sentence);
  };

  for (const [reason, sentence] of Object.entries(REASONS)) {
    it(`for ${reason} ${sentence === undefined ? 'is no matter for the person' : 'is explained in one sentence'}`, async () => {
      assert.deepEqual(await noticesAfter(reason, hears('Tell me.')), sentence === undefined ? [] : [sentence]);
      if (sentence !== undefined) assert.ok(talk.log.some((line) => line.includes(reason)));
    });
  }

  it('is explained also when a part of it came', async () => {
    const notices = await noticesAfter('GENERATED_AUDIO_SAFETY', hears('Tell me.'), audio(480), says('Well,'));
    assert.deepEqual(notices, [ANSWER]);
    assert.deepEqual(talk.lines, ['person: Tell me. (done)', 'reply: Well, (done)']);
  });

  it('is not explained where an answer simply ends', async () => {
    const service = await peer.connection();
    await service.accept(audio(480), says('Yes.'), TURN_DONE);
    await talk.until(() => talk.lines.includes('reply: Yes. (done)'));
    assert.deepEqual(talk.all('notice'), []);
  });
});
