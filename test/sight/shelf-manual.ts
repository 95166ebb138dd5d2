// A text that is shown and read again: words and numbers as they stand in manuals, no sentence twice.

const SENTENCES: readonly string[] = [
  'Lay two uprights on the floor with the holes facing up.',
  'Fix the lowest board in the second hole from the bottom.',
  'Push every bolt through from outside, then add a washer and a wing nut inside.',
  'Turn the nuts by hand only, because the wood must still be able to move.',
  'Measure both diagonals before you go on; they have to be equal within 3 millimetres.',
  'The boards are 820 millimetres long, 300 deep and 18 thick.',
  'Sand rough edges lightly and wipe the dust away with a dry cloth.',
  'Never stand on a board, even when all brackets are mounted.',
  'A loaded shelf may carry 45 kilograms per board if the weight is spread evenly.',
  'Heavy boxes belong near the ground, light ones near the ceiling.',
  'When the wall is made of plaster, choose anchors that open behind it.',
  'Drill slowly, keep the machine level, and stop when the dust changes its colour.',
  'Look behind the wall for cables and water pipes before drilling anywhere.',
  'Hold the bracket against the upright, mark the middle of its slot with a pencil, and take it down again.',
  'Insert the anchor until its collar touches the surface.',
  'Tighten the screw until the bracket no longer moves, then give it another quarter turn.',
  'If one side stands lower than the other, place the thin cork discs below that foot.',
  'Missing parts are sent free of charge when you write the number from the yellow label.',
  'Oil the surface twice a year with linseed oil and leave it alone for one night.',
  'Children should help with sorting the parts, which makes everything quicker.',
  'Count the pieces first: 4 uprights, 6 boards, 24 bolts, 24 washers, 2 brackets.',
  'A rubber hammer leaves no marks where a steel one would.',
  'Keep this sheet inside the drawer so that the next person finds it.',
  'Taking the shelf apart works in the opposite order, beginning at the wall.',
];

/** How many sentences there are. */
export const MANUAL_SENTENCES = SENTENCES.length;

/** Sentences `from` (0 and up) to before `to`; about 13 words each. */
export function shelfManual(from = 0, to = MANUAL_SENTENCES): string {
  return SENTENCES.slice(from, to).join(' ');
}
