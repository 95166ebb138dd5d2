/** Characters that are not seen, or that change in which order others are seen; tab and line break are what they seem. */
const UNSEEN = /(?![\t\n])\p{Cc}|[\u2028\u2029]|\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}/gu;

/** A text in which nothing hides: whoever agrees to it has read all of it. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
