import assert from 'node:assert/strict';
import type { Intent } from '../../src/protocol/messages.ts';
import type { MicrophoneState, Problem } from '../../src/protocol/session-view.ts';
import { conversation, live, MICROPHONE_ON, person, reply, session } from './preview/scenes.ts';
import { useSharedView } from './preview/shared-view.ts';
import type { Stage } from './preview/stage.ts';

const NOW_MS = 1_000_000_000_000;
const MUTED: MicrophoneState = { kind: 'muted', trackHeld: false };
const DENIED: MicrophoneState = { kind: 'failed', reason: 'denied', detail: 'NotAllowedError' };

const WRONG_KEY: Problem = {
  code: 'key-refused',
  sentence: 'Google does not accept this API key.',
  buttons: [
    { action: 'enterKey', label: 'Enter Another Key' },
    { action: 'showLog', label: 'Show Log' },
  ],
};

describe('The view of a session', () => {
  const view = useSharedView();
  let stage: Stage;

  beforeEach(async () => {
    stage = await view.open();
  });

  const button = (name: string) => stage.page.getByRole('button', { name, exact: true });

  describe('at first', () => {
    it('invites with one sentence and one start button, and no bar that would say it twice', async () => {
      await stage.post(session());
      assert.ok(await stage.page.getByRole('heading', { name: 'Talk about what is on your screen' }).isVisible());
      await button('Start live session').click();
      assert.deepEqual(await stage.intents(), [{ kind: 'start' }]);
      assert.equal(await stage.page.getByRole('toolbar').isVisible(), false);
    });

    it('makes way for the conversation and comes back when it is cleared', async () => {
      await stage.post(session(), conversation(person('1', 'Hello')));
      assert.equal(await button('Start live session').isVisible(), false);
      assert.ok(await button('Start').isVisible());
      await stage.post({ type: 'conversation', reset: true, entries: [] });
      assert.ok(await button('Start live session').isVisible());
    });

    it('hands the focus of its start button to the stop button', async () => {
      await stage.post(session());
      await button('Start live session').focus();
      await stage.post(session({ phase: 'connecting' }));
      assert.equal(await stage.focusedName(), 'Stop');
    });
  });

  describe('the header', () => {
    const stateWord = () => stage.page.locator('.state-word').textContent();

    it('says the state in a word', async () => {
      const seen: (string | null)[] = [];
      for (const phase of ['idle', 'connecting', 'listening', 'speaking', 'reconnecting'] as const) {
        await stage.post(session({ phase, microphone: MICROPHONE_ON }));
        seen.push(await stateWord());
      }
      assert.deepEqual(seen, ['Not started', 'Connecting…', 'Listening', 'Speaking', 'Reconnecting…']);
    });

    it('never says that it listens while nothing can be heard', async () => {
      for (const microphone of [MUTED, DENIED, { ...MICROPHONE_ON, hardwareMuted: true }] as const) {
        await stage.post(live({ microphone }));
        assert.equal(await stateWord(), 'Connected');
      }
    });

    it('counts the seconds of the session', async () => {
      stage = await view.openStopped(NOW_MS);
      await stage.post(live({ startedAtMs: NOW_MS - 3_598_000 }));
      const timer = stage.page.getByRole('timer', { name: 'Session time' });
      assert.equal(await timer.textContent(), '59:58');
      await stage.page.clock.runFor(3_000);
      assert.equal(await timer.textContent(), '1:00:01');
      await stage.post(session());
      assert.equal(await timer.isVisible(), false);
    });

    it('names the model and, on demand, the service', async () => {
      await stage.post(session({ model: 'gemini-3.8-live', service: 'Vertex AI' }));
      assert.ok(await stage.page.getByText('gemini-3.8-live').isVisible());
      assert.ok(await stage.page.getByTitle('Model gemini-3.8-live, Vertex AI').isVisible());
    });
  });

  describe('the level meter', () => {
    const meter = () => stage.page.getByRole('meter', { name: 'Microphone level: Built-in Audio Analog Stereo' });

    it('shows what is heard and falls to zero when nothing arrives any more', async () => {
      await stage.post(live(), { type: 'level', level: 0.1 });
      assert.equal(await meter().getAttribute('aria-valuenow'), '67'); // -20 dB of a scale that begins at -60 dB
      await stage.page.locator('[role=meter][aria-valuenow="0"]').waitFor();
    });

    it('paints nothing while nothing changes', async () => {
      // Without the clock, which moves every second.
      const quiet = session({ phase: 'listening', microphone: MICROPHONE_ON });
      await stage.post(quiet, { type: 'level', level: 0.1 });
      await stage.page.locator('[role=meter][aria-valuenow="67"]').waitFor();
      const paints = await stage.countPaints(async () => {
        // As the host tells it while a sound goes on: the steps of the meter are 2 dB.
        for (const level of [0.1, 0.101, 0.099, 0.102, 0.1, 0.098, 0.1, 0.1, 0.101, 0.1]) {
          await stage.post(quiet, { type: 'level', level });
          await stage.page.waitForTimeout(200);
        }
      });
      assert.equal(paints, 0);
    });

    it('stays at zero while muted, whatever arrives, and says so', async () => {
      await stage.post(live(), { type: 'level', level: 0.1 }, live({ microphone: MUTED }), {
        type: 'level',
        level: 0.5,
      });
      assert.equal(await stage.page.locator('[role=meter]').getAttribute('aria-valuenow'), '0');
      assert.ok(await stage.page.getByText('Microphone muted').isVisible());
    });
  });

  describe('problems', () => {
    it('stand there as alerts, each with the buttons that mend it', async () => {
      await stage.post(session({ problems: [WRONG_KEY] }));
      const alert = stage.page.getByRole('alert').filter({ hasText: WRONG_KEY.sentence });
      await alert.getByRole('button', { name: 'Enter Another Key' }).click();
      await alert.getByRole('button', { name: 'Show Log' }).click();
      const wanted: Intent[] = [
        { kind: 'problemAction', action: 'enterKey' },
        { kind: 'problemAction', action: 'showLog' },
      ];
      assert.deepEqual(await stage.intents(), wanted);
      await stage.post(session());
      assert.equal(await alert.count(), 0);
    });

    it('are announced once: one that stays is not touched by what changes around it', async () => {
      const lost: Problem = { code: 'no-network', sentence: 'There is no network.', buttons: [] };
      await stage.post(session({ problems: [WRONG_KEY] }));
      assert.equal(await stage.mutationsOf(session({ problems: [WRONG_KEY] })), 0);
      await button('Show Log').focus();
      await stage.post(session({ problems: [lost, WRONG_KEY] }), session({ problems: [WRONG_KEY] }));
      assert.equal(await stage.focusedName(), 'Show Log');
    });
  });

  describe('the controls', () => {
    it('start and stop by one button, which keeps the focus', async () => {
      await stage.post(session(), conversation(person('1', 'Hello')));
      await button('Start').press('Enter');
      await stage.post(session({ phase: 'connecting' }));
      assert.equal(await stage.focusedName(), 'Stop');
      await button('Stop').press('Space');
      assert.deepEqual(await stage.intents(), [{ kind: 'start' }, { kind: 'stop' }]);
    });

    it('mute and unmute the microphone, as a toggle that is in or out', async () => {
      await stage.post(live());
      await stage.page.getByRole('button', { name: 'Mute microphone', pressed: false }).click();
      await stage.post(live({ microphone: MUTED }));
      await stage.page.getByRole('button', { name: 'Mute microphone', pressed: true }).click();
      assert.deepEqual(await stage.intents(), [{ kind: 'toggleMicrophone' }, { kind: 'toggleMicrophone' }]);
    });

    it('say when the device itself is silent, offer to try a failed microphone again, and rest without a session', async () => {
      await stage.post(live({ microphone: { ...MICROPHONE_ON, hardwareMuted: true } }));
      assert.ok(await button('Mute microphone (Microphone switched off on the device)').isEnabled());
      await stage.post(live({ microphone: DENIED, microphoneFailure: 'Microphone not allowed' }));
      await button('Try microphone again (Microphone not allowed)').click();
      assert.deepEqual(await stage.intents(), [{ kind: 'problemAction', action: 'retryMicrophone' }]);
      await stage.post(session(), conversation(person('1', 'Hello')));
      assert.equal(await button('Mute microphone').isEnabled(), false);
    });

    it('silence the loudspeaker, and save the last reply once there is one', async () => {
      await stage.post(live());
      assert.equal(await button('Save last reply as WAV…').isEnabled(), false);
      await stage.page.getByRole('button', { name: 'Mute loudspeaker (captions only)', pressed: false }).click();
      await stage.post(live({ canSaveReply: true, speaker: { muted: true, locked: false } }));
      await button('Save last reply as WAV…').click();
      assert.ok(await stage.page.getByRole('button', { name: /^Mute loudspeaker/, pressed: true }).isVisible());
      assert.deepEqual(await stage.intents(), [{ kind: 'toggleSpeaker' }, { kind: 'saveLastReply' }]);
    });
  });

  it('asks for a click when the browser keeps it silent, or sends the person to the page that plays', async () => {
    await stage.post(live({ speaker: { muted: false, locked: true } }));
    assert.ok(await button('Click to hear').isVisible());
    await stage.post({ type: 'roles', view: true, media: false });
    assert.equal(await button('Click to hear').isVisible(), false);
    assert.ok(await stage.page.getByText('Click anywhere in the Talkthrough page').isVisible());
    await stage.post(live());
    assert.equal(await stage.page.getByText('Click anywhere in the Talkthrough page').isVisible(), false);
  });

  it('is walked through by Tab from top to bottom', async () => {
    await stage.post(live({ canSaveReply: true, problems: [WRONG_KEY], speaker: { muted: false, locked: true } }));
    await stage.post(conversation(reply('1', 'Hello')));
    await stage.page.getByRole('textbox', { name: 'Message' }).fill('Hi');
    // A click on nothing in particular, so that Tab begins at the top.
    await stage.page.locator('.state-word').click();
    const names: string[] = [];
    for (let step = 0; step < 10; step += 1) {
      await stage.page.keyboard.press('Tab');
      names.push(await stage.focusedName());
    }
    assert.deepEqual(names, [
      'Enter Another Key',
      'Show Log',
      'Conversation',
      'Click to hear',
      'Message',
      'Send',
      'Stop',
      'Mute microphone',
      'Mute loudspeaker (captions only)',
      'Save last reply as WAV…',
    ]);
  });
});
