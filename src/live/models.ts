import type { ThinkingSetting } from './settings.ts';

export type ThinkingCapability =
  | { readonly kind: 'refused' }
  | {
      readonly kind: 'level';
      readonly levels: readonly Exclude<ThinkingSetting, 'default'>[];
      /** Sent when the person made no choice. */
      readonly required?: Exclude<ThinkingSetting, 'default'>;
    }
  | { readonly kind: 'budget'; readonly tokens: Readonly<Record<Exclude<ThinkingSetting, 'default'>, number>> };

/** US dollars per million tokens. */
export interface Prices {
  readonly textIn: number;
  readonly audioIn: number;
  readonly imageIn: number;
  readonly textOut: number;
  readonly audioOut: number;
}

/** One wrong field in the setup closes the socket, so nothing is sent that is not listed here. */
export interface ModelCapabilities {
  readonly family:
    'live-3.8' | 'extended-thinking-3.8' | 'flash-live-3.1' | 'native-audio-2.5' | 'half-cascade' | 'unknown';
  /** Takes responseModalities TEXT. */
  readonly textReplies: boolean;
  readonly thinking: ThinkingCapability;
  /** `clientContent` with turnComplete interrupts for certain; every model takes `realtimeInput`. */
  readonly typedText: 'clientContent' | 'realtimeInput';
  /**
   * How context that asks nothing goes: at any time, or with the next typed text and connection. Only models that do
   * not wait for their tools are sent content.
   */
  readonly notes: 'clientContent' | 'withText';
  /** Stated for every tool; absent: left to the model. Speech must go on while a tool runs. */
  readonly toolBehavior?: 'NON_BLOCKING';
  /** Knows `scheduling` in answers of tools. */
  readonly scheduling: boolean;
  /** Grounds answers in Google Search, beside tools (docs/live-api.md, "What each model accepts"). */
  readonly googleSearch: boolean;
  /**
   * Decides what pictures cost and whether they are seen: one shown before the person speaks must be part of what they
   * ask. 3.x has a coverage for just that. The default of 2.5 leaves out what came before speech, so it gets all input,
   * silence too (25 tokens a second).
   */
  readonly turnCoverage: 'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO' | 'TURN_INCLUDES_ALL_INPUT';
  readonly prices: Prices;
}

// Prices of 2026-10-09 (docs/live-api.md, "Prices").
const PRICES_3: Prices = { textIn: 0.75, audioIn: 3, imageIn: 1, textOut: 4.5, audioOut: 12 };
const PRICES_2_5: Prices = { textIn: 0.5, audioIn: 3, imageIn: 3, textOut: 2, audioOut: 12 };

const LIVE_3_8: ModelCapabilities = {
  family: 'live-3.8',
  textReplies: false,
  thinking: { kind: 'refused' },
  typedText: 'clientContent',
  notes: 'clientContent',
  // Its default is NON_BLOCKING.
  scheduling: true,
  googleSearch: true,
  turnCoverage: 'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO',
  prices: PRICES_3,
};

const EXTENDED_3_8: ModelCapabilities = {
  ...LIVE_3_8,
  family: 'extended-thinking-3.8',
  // A level must be sent. Who wants the quickest answer does not choose this model.
  thinking: { kind: 'level', levels: ['low', 'medium', 'high'], required: 'medium' },
  // BLOCKING is an error. What a tool without `behavior` counts as is written nowhere.
  toolBehavior: 'NON_BLOCKING',
  scheduling: false,
};

const FLASH_3_1: ModelCapabilities = {
  ...LIVE_3_8,
  family: 'flash-live-3.1',
  thinking: { kind: 'level', levels: ['minimal', 'low', 'medium', 'high'] },
  // Its first documentation allows clientContent for the initial history only.
  typedText: 'realtimeInput',
  notes: 'withText',
  // Its tools are synchronous only.
  scheduling: false,
};

const NATIVE_2_5: ModelCapabilities = {
  family: 'native-audio-2.5',
  textReplies: false,
  // Thinking counts against its 8,192 output tokens, so it gets at most half of them.
  thinking: { kind: 'budget', tokens: { minimal: 0, low: 512, medium: 2048, high: 4096 } },
  typedText: 'realtimeInput',
  notes: 'clientContent',
  toolBehavior: 'NON_BLOCKING',
  scheduling: true,
  googleSearch: true,
  turnCoverage: 'TURN_INCLUDES_ALL_INPUT',
  prices: PRICES_2_5,
};

/** Google shut these down in December 2025. A gateway may still serve them, and they can write. */
const HALF_CASCADE: ModelCapabilities = {
  ...NATIVE_2_5,
  family: 'half-cascade',
  textReplies: true,
  thinking: { kind: 'refused' },
};

/** What the newest family takes, less what only some models take. */
const UNKNOWN: ModelCapabilities = {
  ...LIVE_3_8,
  family: 'unknown',
  typedText: 'realtimeInput',
  notes: 'withText',
  scheduling: false,
};

/** By what a name contains. The first match wins, so dated and regional names fit. */
const BY_NAME: readonly (readonly [RegExp, ModelCapabilities])[] = [
  [/extended-thinking/, EXTENDED_3_8],
  [/3\.8.*live|live.*3\.8/, LIVE_3_8],
  [/3\.[0-7].*live|live.*3\.[0-7]/, FLASH_3_1],
  [/2\.5.*native-audio|native-audio/, NATIVE_2_5],
  [/2\.0-flash-live|2\.0-flash-exp|live-2\.5-flash/, HALF_CASCADE],
  [/2\.5/, NATIVE_2_5],
];

/** Names that nobody knows yet get the safe part of the newest family. */
export function capabilitiesOf(model: string): ModelCapabilities {
  const name = model.toLowerCase();
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? UNKNOWN;
}

/** The prebuilt voices (docs/live-api.md, "Voices"). */
export const VOICES: readonly string[] = [
  'Zephyr Puck Charon Kore Fenrir Leda Orus Aoede Callirrhoe Autonoe',
  'Enceladus Iapetus Umbriel Algieba Despina Erinome Algenib Rasalgethi Laomedeia Achernar',
  'Alnilam Schedar Gacrux Pulcherrima Achird Zubenelgenubi Vindemiatrix Sadachbia Sadaltager Sulafat',
].flatMap((names) => names.split(' '));
