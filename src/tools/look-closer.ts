import '../protocol/zod.ts';
import * as z from 'zod';
import { boxArgument, boxOf } from './box-argument.ts';
import type { Eyes } from './eyes.ts';
import { failed, tool, type Tool } from './tool.ts';

/** One downscaled frame cannot carry a page of code or a drawing: the model asks for the part that it cannot read. */
export function lookCloser(eyes: Eyes): Tool {
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
      const cut = await eyes.cut(source, boxOf(region), signal);
      if (cut === undefined) return failed(`No picture of the ${source} could be had. Try again in a moment.`, true);
      const { picture, widthPx, heightPx } = cut;
      return {
        response: { status: 'ok', source, region, picture: `sent just before this, ${widthPx} x ${heightPx} pixels` },
        stills: [picture],
      };
    },
  });
}
