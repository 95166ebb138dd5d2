import '../protocol/zod.ts';
import * as z from 'zod';
import type { LivePicture } from '../live/uplink/picture-queue.ts';
import type { Box, ShareSource, ShownSource } from '../protocol/picture.ts';
import { failed, tool, type Tool, type ToolSource } from './tool.ts';

/** What is shared, as the tools see it. */
export interface Eyes {
  isShared(source: ShareSource): boolean;
  /** A region of the newest full-resolution frame; nothing when none is to be had in time. */
  crop(source: ShareSource, region: Box, signal: AbortSignal): Promise<Crop | undefined>;
  /** Draws a box on the shown picture until it changes; false when no such picture is shown. */
  pointAt(source: ShownSource, box: Box, label: string): boolean;
}

export interface Crop {
  readonly picture: LivePicture;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A label is read at a glance, beside a box. */
const MAX_LABEL_LENGTH = 60;

/** What the model does with the pictures that it is shown. */
export function pictureTools(eyes: Eyes): ToolSource {
  return { tools: [lookCloser(eyes), pointAt(eyes)] };
}

/** One downscaled frame cannot carry a page of code or a drawing: the model asks for the part that it cannot read. */
function lookCloser(eyes: Eyes): Tool {
  return tool({
    name: 'look_closer',
    kind: 'read',
    description:
      'Shows you a part of what the person shares at its full sharpness. The frames you are sent are scaled down: call this before you read small text, numbers, code or details of a drawing aloud, or whenever you are not certain what something says. The part arrives as a picture right before the result.',
    timeLimitMs: 5_000,
    schema: z.object({
      source: z.enum(['screen', 'camera']).describe('Which of the things shared to look at.'),
      region: boxArgument.describe(
        'The part to see: [ymin, xmin, ymax, xmax], each 0 to 1000 of the whole picture. The smaller, the sharper.',
      ),
    }),
    line: ({ source }) => ({ text: `Looked closer at the ${source}` }),
    async run({ source, region }, { signal }) {
      if (!eyes.isShared(source))
        return failed(`The person is not sharing a ${source} now, so there is nothing to look at.`);
      const crop = await eyes.crop(source, boxOf(region), signal);
      if (crop === undefined) return failed(`No picture of the ${source} could be had. Try again in a moment.`, true);
      const { picture, widthPx, heightPx } = crop;
      return {
        response: { status: 'ok', source, region, picture: `sent just before this, ${widthPx} x ${heightPx} pixels` },
        stills: [picture],
      };
    },
  });
}

/** The model shows the person which part of the picture it means. */
function pointAt(eyes: Eyes): Tool {
  return tool({
    name: 'point_at',
    kind: 'show',
    description:
      'Draws a labelled box on the picture that the person sees of what they share, until that picture changes. Call it while you talk about a part, so that they see which one you mean.',
    timeLimitMs: 2_000,
    schema: z.object({
      source: z
        .enum(['screen', 'camera', 'picture'])
        .describe('The shared screen, the camera, or the last single picture that was shown.'),
      box: boxArgument.describe('Around what you mean: [ymin, xmin, ymax, xmax], each 0 to 1000 of the whole picture.'),
      label: z.string().min(1).max(MAX_LABEL_LENGTH).describe('One to four words.'),
    }),
    line: ({ label }) => ({ text: `Pointed at ${label}` }),
    run({ source, box, label }) {
      const shown = source === 'picture' ? 'still' : source;
      const pointed = eyes.pointAt(shown, boxOf(box), label);
      if (!pointed) return Promise.resolve(failed(`No ${source} is shown now, so there is nothing to point at.`));
      return Promise.resolve({ response: { status: 'ok' }, quiet: true });
    },
  });
}

const coordinate = z.number().min(0).max(1000);

/** A rectangle as Gemini models give it: `[ymin, xmin, ymax, xmax]`, 0 to 1000 of the picture's height and width. */
const boxArgument = z
  .array(coordinate)
  .length(4)
  .describe('[ymin, xmin, ymax, xmax], each 0 to 1000 of the height or width of the whole picture');

/** Corners in whichever order they came. */
function boxOf(coordinates: readonly number[]): Box {
  const [top = 0, left = 0, bottom = 1000, right = 1000] = coordinates;
  return {
    top: Math.min(top, bottom),
    left: Math.min(left, right),
    bottom: Math.max(top, bottom),
    right: Math.max(left, right),
  };
}
