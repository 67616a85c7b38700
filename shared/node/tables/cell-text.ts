import { Parser } from 'htmlparser2';

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

/** A letter as a page writes it, left so by a program that took its text. */
const ENTITY = /&(?:[a-z]{2,31}\d{0,2}|#\d{1,7}|#x[\da-f]{1,6});/giu;

/**
 * A cell's text in one line: trimmed, in Unicode's composed form, every run of blanks one plain blank, without signs that nobody sees. A line end is a blank;
 * none where the line ends in a word's hyphen (`Diallo-` + `Traore`), and a soft hyphen goes with it.
 * `Nu&ntilde;ez` is *Nuñez*.
 */
export function cellText(written: string): string {
  const text = written.includes('&') ? written.replace(ENTITY, letterOfEntity) : written;
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

const LETTERS = new Map<string, string>();
/** A file that is made of nothing else does not fill the memory. */
const MOST_KEPT = 1000;

/** The letter that an entity stands for; itself where it stands for none. */
function letterOfEntity(entity: string): string {
  const known = LETTERS.get(entity);
  if (known !== undefined) return known;
  let letter = '';
  const parser = new Parser({ ontext: (text) => (letter += text) });
  parser.end(entity);
  if (LETTERS.size < MOST_KEPT) LETTERS.set(entity, letter);
  return letter;
}
