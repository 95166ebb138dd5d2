import '../protocol/zod.ts';
import * as z from 'zod';
import { MAX_TYPED_LENGTH, type FromSurface } from '../protocol/messages.ts';
import { MAX_FRAME_BYTES, MAX_STILL_BYTES } from '../protocol/picture.ts';

/** 20 ms at 16 kHz is 640 bytes; a surface that woke up late may bunch, but never into more than a second at once. */
const MAX_PCM_BYTES = 32_000;

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const label = z.string().max(500);

const pcm16 = z
  .union([z.instanceof(Uint8Array), z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer))])
  .refine((bytes) => bytes.byteLength % 2 === 0, 'whole 16-bit samples')
  .refine((bytes) => bytes.byteLength <= MAX_PCM_BYTES, 'at most a second of sound');

/** Larger than any screen there is; also what a JPEG can say of itself. */
const pixels = z.number().int().min(1).max(65_535);
const ageMs = z.number().min(0).max(86_400_000);
const source = z.enum(['screen', 'camera']);

const bytes = z.union([
  z.instanceof(Uint8Array),
  z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer)),
]);

/** What the service is told to be a JPEG begins like one. */
const jpeg = (maxBytes: number) =>
  bytes
    .refine((data) => data.byteLength <= maxBytes, 'small enough')
    .refine((data) => data[0] === 0xff && data[1] === 0xd8 && data[2] === 0xff, 'a JPEG');

const shareState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off'), by: z.literal('source').exactOptional() }),
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('choosing') }),
  z.object({
    kind: z.literal('on'),
    label,
    what: z.enum(['screen', 'window', 'tab']).exactOptional(),
    widthPx: pixels,
    heightPx: pixels,
  }),
  z.object({
    kind: z.literal('failed'),
    reason: z.enum([
      'cancelled',
      'denied',
      'denied-by-system',
      'blocked-by-policy',
      'missing',
      'busy',
      'vanished',
      'unsupported',
      'broken',
    ]),
    detail: label,
  }),
]);

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

const problemAction = z.enum([
  'start',
  'enterKey',
  'setUp',
  'chooseModel',
  'openSettings',
  'retryMicrophone',
  'openPage',
  'typeOnly',
  'openQuota',
  'shareScreen',
  'shareCamera',
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
  z.object({ kind: z.literal('share'), source }),
  z.object({ kind: z.literal('stopSharing'), source }),
  z.object({ kind: z.literal('focus'), source }),
  z.object({ kind: z.literal('showImage') }),
  z.object({ kind: z.literal('open'), entry: z.string().min(1).max(200) }),
  z.object({ kind: z.literal('type'), text: z.string().min(1).max(MAX_TYPED_LENGTH) }),
  z.object({ kind: z.literal('problemAction'), action: problemAction }),
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
  z.object({ type: z.literal('chooseDevice'), device: z.enum(['microphone', 'loudspeaker', 'camera']), label }),
  z.object({ type: z.literal('shareState'), source, epoch: count, state: shareState }),
  z.object({
    type: z.literal('frame'),
    source,
    epoch: count,
    ageMs,
    widthPx: pixels,
    heightPx: pixels,
    changed: z.boolean(),
    jpeg: jpeg(MAX_FRAME_BYTES),
  }),
  z.object({
    type: z.literal('cropResult'),
    request: count,
    picture: z.object({ jpeg: jpeg(MAX_STILL_BYTES), widthPx: pixels, heightPx: pixels, ageMs }).exactOptional(),
  }),
  z.object({
    type: z.literal('still'),
    request: count.exactOptional(),
    name: label,
    jpeg: jpeg(MAX_STILL_BYTES),
    widthPx: pixels,
    heightPx: pixels,
  }),
  z.object({
    type: z.literal('stillFailed'),
    request: count.exactOptional(),
    name: label,
    reason: z.enum(['too-large', 'not-a-picture', 'unsupported']),
  }),
  z.object({ type: z.literal('cameras'), labels: z.array(label).max(30) }),
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
