const ESC = '\u001b';
const BELL = '\u0007';
/** Stands for "the line is erased from here", so that it can be told from text. */
const ERASE = '\u0000';

/** Titles, links and marks: everything up to a bell or a string terminator, or the end of what came. */
const STRINGS = new RegExp(`${ESC}[\\]PX^_][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\|$)`, 'g');
/** The cursor goes to the beginning of its line. */
const TO_LINE_START = new RegExp(`${ESC}\\[[01]?G`, 'g');
const ERASE_LINE = new RegExp(`${ESC}\\[[02]?K`, 'g');
/** Colours and whatever else moves or paints, also cut off at the end. */
const SEQUENCES = new RegExp(`${ESC}\\[[0-?]*[ -/]*(?:[@-~]|$)`, 'g');
/** Two or three characters, such as the choice of a character set. */
const SHORT_SEQUENCES = new RegExp(`${ESC}[ -/]*(?:[0-~]|$)`, 'g');

/**
 * What a person would read of what a program wrote to a terminal: no colours, no marks, and of a line that was written over
 * again and again, as progress bars do, what stands there in the end. Lines end with `\n`.
 */
export function terminalText(raw: string): string {
  return raw
    .replaceAll(ERASE, '')
    .replace(STRINGS, '')
    .replace(TO_LINE_START, '\r')
    .replace(ERASE_LINE, ERASE)
    .replace(SEQUENCES, '')
    .replace(SHORT_SEQUENCES, '')
    .replace(/\r+\n/g, '\n')
    .split('\n')
    .map(lineText)
    .join('\n');
}

function lineText(raw: string): string {
  let line = '';
  let at = 0;
  for (const piece of raw.split(/(\r|[\b]|\0)/)) {
    if (piece === '\r') at = 0;
    else if (piece === '\b') at = Math.max(0, at - 1);
    else if (piece === ERASE) line = line.slice(0, at);
    else {
      line = line.slice(0, at) + piece + line.slice(at + piece.length);
      at += piece.length;
    }
  }
  return line.replace(/(?!\t)\p{Cc}/gu, '').trimEnd();
}
