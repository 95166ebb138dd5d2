import type { BrowserContext, Frame } from 'playwright-core';
import { AUDIO_TAP_BINDING, AUDIO_TAP_MODULE, type AudioTapMessage } from '../page-scripts/audio-tap-message.ts';
import { pageScript } from './page-scripts.ts';
import { RecordedOutput } from './recorded-output.ts';

/** Everything a browser plays through Web Audio, sample by sample, one recording per AudioContext. */
export interface AudioOutput {
  /** The recordings so far, in the order in which the contexts were opened; they outlive their pages. */
  readonly recordings: readonly RecordedOutput[];
  /**
   * Waits until `condition` holds, looking again at every arrival (about every 21 ms of sound).
   * Throws after `timeoutMs` with what was heard so far.
   */
  until(condition: (recordings: readonly RecordedOutput[]) => boolean, timeoutMs: number, what: string): Promise<void>;
}

/**
 * The recorder, by the end of its path, for the proxy in front of VS Code: what a webview loads passes VS Code's service
 * worker, where Playwright cannot answer it.
 */
export async function audioTapModules(): Promise<Readonly<Record<string, string>>> {
  return { [AUDIO_TAP_MODULE]: await pageScript('audio-tap.worklet.ts') };
}

/**
 * Records what every page of the context plays from now on. To be called before the first page is opened.
 * The pages' own content security policies stay in force: the recorder is a module on each page's own origin.
 *
 * @param modules from `audioTapModules()`, answered here for pages that no proxy stands before
 */
export async function recordAudioOutput(
  context: BrowserContext,
  modules: Readonly<Record<string, string>>,
): Promise<AudioOutput> {
  const recordings: RecordedOutput[] = [];
  const open = new Map<Frame, Map<number, RecordedOutput>>();
  const watchers = new Set<() => void>();

  const receive = (frame: Frame, message: AudioTapMessage): void => {
    const ofFrame = open.get(frame) ?? new Map<number, RecordedOutput>();
    open.set(frame, ofFrame);
    if (message.kind === 'opened') {
      const recording = new RecordedOutput(frame.url(), message.sampleRateHz);
      ofFrame.set(message.context, recording);
      recordings.push(recording);
    } else {
      ofFrame.get(message.context)?.receive(message);
    }
    for (const look of [...watchers]) look();
  };

  await context.exposeBinding(AUDIO_TAP_BINDING, (source, message: AudioTapMessage) => receive(source.frame, message));
  for (const [path, body] of Object.entries(modules)) {
    await context.route(`**${path}`, (route) => route.fulfill({ contentType: 'text/javascript', body }));
  }
  await context.addInitScript({ content: await pageScript('audio-tap.ts') });

  return {
    recordings,
    until: (condition, timeoutMs, what) =>
      new Promise((resolve, reject) => {
        const settle = (action: () => void): void => {
          clearTimeout(timer);
          watchers.delete(look);
          action();
        };
        const look = (): void => {
          if (condition(recordings)) settle(resolve);
        };
        const timer = setTimeout(() => {
          const heard = recordings.map((recording) => recording.summary()).join('; ') || 'no AudioContext was opened';
          settle(() => reject(new Error(`Not heard within ${timeoutMs / 1000} s: ${what}. Heard: ${heard}`)));
        }, timeoutMs);
        watchers.add(look);
        look();
      }),
  };
}
