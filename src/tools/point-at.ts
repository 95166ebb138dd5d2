import '../protocol/zod.ts';
import * as z from 'zod';
import { boxArgument, boxOf } from './box-argument.ts';
import type { Eyes } from './eyes.ts';
import { failed, tool, type Tool } from './tool.ts';

/** A label is read at a glance, beside a box. */
const MAX_LABEL_LENGTH = 60;

/** The model shows the person which part of the picture it means. */
export function pointAt(eyes: Eyes): Tool {
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
