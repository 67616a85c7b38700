// Signs that nobody sees: soft hyphens, marks of width, joining and direction, byte order marks in the middle, selectors of variants, tags, controls.
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
// oxlint-disable-next-line no-control-regex
const LINE_END = /\r\n?|[\n\u000b\u000c\u0085\u2028\u2029]/g;
// A name broken after its hyphen goes on; a dash that stands alone is followed by a blank.
const BROKEN_WORD = /(?<=\p{L})([-\u2010\u2011])[^\S\n]*\n\s*(?=\p{L})/gu;
const BLANKS = /\s+/g;
/** Most cells are this: nothing to take off, nothing to compose. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * A cell's text in one line: trimmed, in Unicode's composed form, every run of blanks one plain blank, without signs that nobody sees. A line end is a blank;
 * none where the line ends in a word's hyphen (`Diallo-` + `Traore`), and a soft hyphen goes with it.
 */
export function cellText(text: string): string {
  if (text === '' || PLAIN.test(text)) return text;
  return text
    .replace(LINE_END, '\n')
    .replace(/\u00ad\s*\n\s*/g, '')
    .replace(INVISIBLE, '')
    .replace(BROKEN_WORD, '$1')
    .replace(BLANKS, ' ')
    .trim()
    .normalize('NFC');
}
