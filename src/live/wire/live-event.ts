export interface TimedWord {
  readonly word: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface TranscriptFragment {
  readonly text: string;
  readonly finished: boolean;
  readonly words: readonly TimedWord[];
}

/** Tokens by modality: `TEXT`, `AUDIO`, `IMAGE`, `VIDEO` … */
export type TokensByModality = Readonly<Record<string, number>>;

export interface TurnUsage {
  readonly promptTokens: number;
  readonly responseTokens: number;
  readonly thoughtsTokens: number;
  readonly toolUseTokens: number;
  readonly totalTokens: number;
  readonly promptByModality: TokensByModality;
  readonly responseByModality: TokensByModality;
}

export interface FunctionCall {
  /** Empty when the service gave none. */
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface WebSource {
  readonly title: string;
  /** `https:` only. */
  readonly uri: string;
}

export interface Grounding {
  readonly links: readonly WebSource[];
  readonly searches: readonly string[];
}

/** One thing the service said. A message may hold any number of them. */
export type LiveEvent =
  | { readonly type: 'setupComplete' }
  | ({ readonly type: 'inputTranscript'; readonly interim: boolean } & TranscriptFragment)
  | ({ readonly type: 'outputTranscript' } & TranscriptFragment)
  | { readonly type: 'audio'; readonly pcm16: Uint8Array; readonly sampleRateHz: number }
  | { readonly type: 'text'; readonly text: string; readonly thought: boolean }
  | ({ readonly type: 'grounding' } & Grounding)
  | { readonly type: 'interrupted' }
  | { readonly type: 'generationComplete' }
  | { readonly type: 'turnComplete'; readonly reason?: string }
  | { readonly type: 'waitingForInput' }
  | { readonly type: 'interactionStatus'; readonly status: string }
  | { readonly type: 'voiceActivity'; readonly activity: 'start' | 'end' }
  | { readonly type: 'toolCall'; readonly calls: readonly FunctionCall[] }
  | { readonly type: 'toolCallCancellation'; readonly ids: readonly string[] }
  | { readonly type: 'usage'; readonly usage: TurnUsage }
  | { readonly type: 'goAway'; readonly timeLeftMs: number | undefined }
  | { readonly type: 'resumption'; readonly handle: string | undefined; readonly resumable: boolean }
  /** A field without its shape is left out; the rest of the message counts. */
  | { readonly type: 'malformed'; readonly what: string }
  | { readonly type: 'unread'; readonly fields: readonly string[] };
