import '../zod-settings.ts';
import * as z from 'zod';
import { MAX_TYPED_LENGTH, type FromSurface } from '../protocol/messages.ts';

/** 20 ms at 16 kHz is 640 bytes; a surface that woke up late may bunch, but never into more than a second at once. */
const MAX_PCM_BYTES = 32_000;

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const label = z.string().max(500);

const pcm16 = z
  .union([z.instanceof(Uint8Array), z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer))])
  .refine((bytes) => bytes.byteLength % 2 === 0, 'whole 16-bit samples')
  .refine((bytes) => bytes.byteLength <= MAX_PCM_BYTES, 'at most a second of sound');

const microphoneState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('starting') }),
  z.object({
    kind: z.literal('on'),
    label,
    deviceId: label,
    sampleRateHz: z.number().min(1_000).max(1_000_000),
    hardwareMuted: z.boolean(),
  }),
  z.object({ kind: z.literal('muted'), trackHeld: z.boolean() }),
  z.object({
    kind: z.literal('failed'),
    reason: z.enum(['denied', 'blocked-by-policy', 'missing', 'busy', 'vanished', 'unsupported', 'worklet']),
    detail: label,
  }),
]);

const mend = z.enum([
  'start',
  'enterKey',
  'setUp',
  'chooseModel',
  'openSettings',
  'retryMicrophone',
  'openPage',
  'typeOnly',
  'openQuota',
  'showLog',
]);

const themeKind = z.enum(['dark', 'light', 'high-contrast', 'high-contrast-light']);

/** VS Code has about 800 colours; each is a custom property of its theme. */
const themeVariables = z
  .record(z.string().regex(/^--vscode-[\w-]{1,100}$/), z.string().max(300))
  .refine((variables) => Object.keys(variables).length <= 1_500, 'at most 1,500 variables');

const intent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start') }),
  z.object({ kind: z.literal('stop') }),
  z.object({ kind: z.literal('toggleMicrophone') }),
  z.object({ kind: z.literal('toggleSpeaker') }),
  z.object({ kind: z.literal('saveLastReply') }),
  z.object({ kind: z.literal('type'), text: z.string().min(1).max(MAX_TYPED_LENGTH) }),
  z.object({ kind: z.literal('mend'), mend }),
]);

const fromSurface = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('join'),
    surface: z.enum(['panel', 'page']),
    abilities: z.array(z.enum(['microphone', 'camera', 'display-capture', 'playback'])).max(4),
  }),
  z.object({ type: z.literal('microphoneChunk'), sequence: count, pcm16, level: z.number().min(0).max(1) }),
  z.object({ type: z.literal('microphoneState'), state: microphoneState }),
  z.object({
    type: z.literal('played'),
    reply: count,
    playedSamples: count,
    bufferedSamples: count,
    underruns: count,
  }),
  z.object({ type: z.literal('speakerLocked'), locked: z.boolean() }),
  z.object({
    type: z.literal('speakerFailed'),
    reason: z.enum(['unsupported', 'worklet', 'overflow']),
    detail: label,
  }),
  z.object({ type: z.literal('panelTheme'), kind: themeKind, variables: themeVariables }),
  z.object({ type: z.literal('chooseDevice'), device: z.enum(['microphone', 'loudspeaker']), label }),
  z.object({ type: z.literal('intent'), intent }),
]);

/** A message from a surface as the protocol has it, or why it is none. Unknown fields are dropped. Never throws. */
export function readFromSurface(raw: unknown): { message: FromSurface } | { complaint: string } {
  const result = fromSurface.safeParse(raw);
  if (result.success) return { message: result.data };
  const issue = result.error.issues[0];
  // Paths and codes only: what a surface sent may hold what the person typed.
  return { complaint: `${issue?.path.join('.') ?? ''}: ${issue?.code ?? 'invalid'}` };
}
