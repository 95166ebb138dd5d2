/**
 * Reasons of which a person is told, by what their names begin with (the SDK's `TurnCompleteReason` has 28, and names of
 * tomorrow follow the pattern), first match wins. Left out are those that ask for nothing: NEED_MORE_INPUT, UNSPECIFIED.
 */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^(MALFORMED_|MAX_REGENERATION|GENERATED_OTHER)/, 'The answer failed; ask again.'],
  [
    /^(IMAGE_)?PROHIBITED_INPUT|^INPUT_|^UNSAFE_PROMPT|^BLOCKLIST/,
    'What was asked is blocked by the rules of the service; ask in other words.',
  ],
  [
    /^(GENERATED_|OUTPUT_|RESPONSE_REJECTED)/,
    'The answer was blocked by the rules of the service; ask in other words.',
  ],
];

/**
 * What a person is told when the service ends a turn for a reason of its own, whether or not some of the answer came
 * before: without it a blocked answer is silence.
 *
 * @param reason `turnCompleteReason` as it is on the wire
 */
export function noticeOfEnd(reason: string): string | undefined {
  return SENTENCES.find(([pattern]) => pattern.test(reason))?.[1];
}
