import * as vscode from 'vscode';
import type { LiveSettings } from '../live/settings.ts';
import type { SessionView } from '../protocol/session-view.ts';
import type { CaptureSetting } from '../talk/page-link.ts';
import { systemInstruction } from '../talk/instructions.ts';

/** Where the page opens: the system's browser (`auto` too), or VS Code's integrated one where there is one. */
export type OpenIn = 'auto' | 'system' | 'integrated';

/** The person's settings as a session takes them. */
export interface TalkSettings {
  /** But for the tools, which are no setting. */
  readonly live: Omit<LiveSettings, 'tools'>;
  readonly service: SessionView['service'];
  /** Echo cancellation, noise suppression and automatic gain on the microphone. */
  readonly processing: boolean;
  readonly capture: CaptureSetting;
  readonly openPageIn: OpenIn;
  readonly vertex: { readonly project: string; readonly location: string };
}

export const SECTION = 'talkthrough';

/** What a setting may be. Settings files are edited by hand: a value that is none of these counts as the default. */
function oneOf<const T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T {
  return allowed.find((one) => one === value) ?? otherwise;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function within(value: unknown, low: number, high: number, otherwise: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return otherwise;
  return Math.round(Math.min(high, Math.max(low, value)));
}

/** Reads the settings anew each time: they are small, and never out of date this way. */
export function readSettings(): TalkSettings {
  const at = vscode.workspace.getConfiguration(SECTION);
  const sensitivity = ['default', 'high', 'low'] as const;
  return {
    live: {
      model: text(at.get('model')) || 'gemini-3.8-live',
      reply: oneOf(at.get('reply'), ['voice', 'text'], 'voice'),
      voice: text(at.get('voice')),
      thinking: oneOf(at.get('thinking'), ['default', 'minimal', 'low', 'medium', 'high'], 'default'),
      voiceActivity: {
        startSensitivity: oneOf(at.get('voiceActivity.startSensitivity'), sensitivity, 'default'),
        endSensitivity: oneOf(at.get('voiceActivity.endSensitivity'), sensitivity, 'default'),
        silenceMs: within(at.get('voiceActivity.silenceMs'), 100, 5_000, 700),
        prefixMs: within(at.get('voiceActivity.prefixMs'), 0, 2_000, 300),
      },
      baseUrl: text(at.get('baseUrl')),
      pictureDetail: oneOf(at.get('picture.detail'), ['low', 'medium', 'high'], 'medium'),
      googleSearch: at.get('googleSearch') === true,
      instructions: systemInstruction(text(at.get('instructions'))),
    },
    service: oneOf(at.get('service'), ['gemini', 'vertex'], 'gemini') === 'vertex' ? 'Vertex AI' : 'Gemini API',
    processing: at.get('microphone.processing') !== false,
    capture: oneOf(at.get('capture'), ['auto', 'panel', 'page'], 'auto'),
    openPageIn: oneOf(at.get('page.openIn'), ['auto', 'system', 'integrated'], 'auto'),
    vertex: { project: text(at.get('vertex.project')), location: text(at.get('vertex.location')) },
  };
}
