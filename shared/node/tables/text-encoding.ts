import iconv from 'iconv-lite';
import type { SourceEncoding } from '../../kernel/source.ts';
import { cellText } from './cell-text.ts';
import { oddness } from './letter-evidence.ts';

/** A text out of bytes, and how they were read. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: SourceEncoding;
  /** Lines, from 0, that were no text in the encoding and were read in another. */
  readonly repaired: ReadonlySet<number>;
}

interface Page {
  readonly name: string;
  readonly code: string;
  /** How seldom lists come in it. */
  readonly rarity: number;
}

const PAGES: readonly Page[] = [
  { name: 'Windows-1252', code: 'win1252', rarity: 0 },
  { name: 'Windows-1250', code: 'win1250', rarity: 2 },
  { name: 'Windows-1251', code: 'win1251', rarity: 2 },
  { name: 'Windows-1254', code: 'win1254', rarity: 2 },
  { name: 'Windows-1256', code: 'win1256', rarity: 2 },
  { name: 'Mac Roman', code: 'macroman', rarity: 3 },
  { name: 'CP850', code: 'cp850', rarity: 3 },
];
const UTF_8 = 'UTF-8';

/** The encodings that can be chosen by hand. */
export const ENCODINGS: readonly string[] = [UTF_8, 'UTF-16LE', 'UTF-16BE', ...PAGES.map(({ name }) => name)];

/** Below this a reading is as good as another, and a person should look at the names. */
const SURE = 4;
/** A reading that is so much odder than the best is none. */
const POSSIBLE = 15;
/** The weight of what the file says of itself: as much as a few names. */
const DECLARED = 10;
/** The cost of each word beyond half of them that is no UTF-8 in a file that is to be UTF-8. */
const BY_CHANCE = 6;
const MOST_WORDS = 3_000;
const SAMPLES = { lines: 3, length: 120, readings: 5 };

/**
 * The text of a file: by its byte order mark, else by its zero bytes (UTF-16 without a mark), else UTF-8 where its bytes are valid, line by line where few are
 * not, else the page whose letters read best. `declared`: what the file says of itself, evidence and no more; `chosen`: what a person says, which holds. Null
 * when it is no text: a picture, a PDF, an old binary workbook.
 */
export function decodeBytes(
  bytes: Buffer,
  { declared, chosen }: { readonly declared?: string | undefined; readonly chosen?: string | undefined } = {},
): DecodedText | null {
  const wide = chosen === undefined || chosen.startsWith('UTF-16') ? utf16Of(bytes, chosen) : null;
  if (wide) return isText(wide.text) ? { ...wide, repaired: NONE } : null;
  const body = startsWith(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
  if (!isText(body.toString('latin1'))) return null;
  const marked = body.length < bytes.length;
  const whole = strictly(body);
  if (whole !== null && (chosen ?? UTF_8) === UTF_8) return { text: whole, encoding: certain(UTF_8), repaired: NONE };
  const readings = readingsOf(body, marked || whole !== null, marked ? UTF_8 : declared);
  const best = readings[0]!;
  const name = chosen ?? best.name;
  const sure = marked || readings.length === 1 || readings[1]!.oddness - best.oddness >= SURE;
  const encoding = {
    name,
    sure: chosen !== undefined || sure,
    candidates: readings.map(({ name: one, sample }) => ({ name: one, sample })),
  };
  if (name !== UTF_8) return { text: decoded(body, pageOf(name)), encoding, repaired: NONE };
  return { ...byLines(body), encoding };
}

const NONE: ReadonlySet<number> = new Set();

function certain(name: string): SourceEncoding {
  return { name, sure: true, candidates: [{ name, sample: [] }] };
}

function pageOf(name: string): Page {
  return PAGES.find((page) => page.name === name) ?? PAGES[0]!;
}

function decoded(bytes: Buffer, page: Page): string {
  return iconv.decode(bytes, page.code, { stripBOM: false });
}

function startsWith(bytes: Uint8Array, ...mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

/** A text has hardly a control character but tab, line ends, form feed and the old end-of-file mark, and no zero. */
function isText(text: string): boolean {
  if (text.includes('\0') || text.startsWith('%PDF-')) return false;
  // oxlint-disable-next-line no-control-regex
  const controls = text.match(/[\u0001-\u0008\u000e-\u0019\u001b-\u001f]/g)?.length ?? 0;
  return controls * 1_000 <= text.length;
}

/** Null where the bytes are not UTF-16. */
function utf16Of(bytes: Buffer, chosen: string | undefined): { readonly text: string; readonly encoding: SourceEncoding } | null {
  const little = (name: string, part: Buffer) => ({
    text: part.subarray(0, part.length & ~1).toString('utf16le'),
    encoding: certain(name),
  });
  const big = (name: string, part: Buffer) => little(name, Buffer.from(part.subarray(0, part.length & ~1)).swap16());
  if (startsWith(bytes, 0xff, 0xfe)) return little('UTF-16LE', bytes.subarray(2));
  if (startsWith(bytes, 0xfe, 0xff)) return big('UTF-16BE', bytes.subarray(2));
  if (chosen === 'UTF-16LE') return little(chosen, bytes);
  if (chosen === 'UTF-16BE') return big(chosen, bytes);
  const [even, odd] = zeroBytes(bytes);
  // Delimiters, blanks and line ends have a zero byte in every script.
  if (odd > 0.05 && even < odd / 8) return little('UTF-16LE', bytes);
  if (even > 0.05 && odd < even / 8) return big('UTF-16BE', bytes);
  return null;
}

/** The share of zero bytes at even and at odd places of the first 4 KiB. */
function zeroBytes(bytes: Uint8Array): readonly [number, number] {
  const length = Math.min(bytes.length, 4096) & ~1;
  if (length === 0) return [0, 0];
  const zeros: [number, number] = [0, 0];
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i % 2 === 0 ? 0 : 1]++;
  return [zeros[0] / (length / 2), zeros[1] / (length / 2)];
}

/** Null when the bytes are not valid UTF-8. */
function strictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

interface Reading {
  readonly name: string;
  readonly oddness: number;
  readonly sample: readonly string[];
}

/** The readings that are possible and differ, the likeliest first. `isUtf8`: by its mark, or as all bytes are. */
function readingsOf(bytes: Buffer, isUtf8: boolean, declared: string | undefined): Reading[] {
  const latin = bytes.toString('latin1');
  const words = wordsBeyondAscii(latin);
  const onlyReturns = latin.includes('\r') && !latin.includes('\n');
  const read = PAGES.map((page) => {
    const texts = words.map((word) => decoded(word, page));
    const bonus = (isNamed(page, declared) ? DECLARED : 0) + (page.code === 'macroman' && onlyReturns ? 3 : 0);
    return { name: page.name, texts, oddness: oddness(texts) + page.rarity - bonus, decode: (line: Buffer) => decoded(line, page) };
  });
  if (isUtf8 || words.some((word) => hasUtf8(word))) {
    const page = eightBitOf(words);
    const texts = words.map((word) => mixed(word, page));
    const bonus = declared?.toLowerCase().replace('-', '') === 'utf8' ? DECLARED : 0;
    const broken = words.filter((word) => strictly(word) === null).length;
    // A few bytes that are no UTF-8 are an accident; where they are the most, the others are.
    const chance = isUtf8 ? 0 : BY_CHANCE * Math.max(0, 2 * broken - words.length);
    read.push({ name: UTF_8, texts, oddness: oddness(texts) + chance - bonus, decode: (line: Buffer) => mixed(line, page) });
  }
  const readings = new Map<string, (typeof read)[number]>();
  for (const one of read.toSorted((a, b) => a.oddness - b.oddness)) {
    const key = one.texts.join('\n');
    if (!readings.has(key)) readings.set(key, one);
  }
  const [best, ...others] = readings.values();
  const shown = [best!, ...others.filter((one) => one.oddness <= best!.oddness + POSSIBLE).slice(0, SAMPLES.readings - 1)];
  return shown.map(({ name, oddness: odd, decode }) => {
    const different = shown.filter((one) => one.name !== name).map((one) => one.decode);
    return { name, oddness: odd, sample: different.length === 0 ? [] : sampleOf(bytes, decode, different) };
  });
}

function isNamed(page: Page, declared: string | undefined): boolean {
  const plain = (declared ?? '').toLowerCase();
  return (
    plain === page.name.toLowerCase() ||
    (page.code === 'win1252' && /^(iso-8859-1|latin1)$/.test(plain)) ||
    (page.code === 'win1254' && plain === 'iso-8859-9')
  );
}

/** Words with bytes beyond ASCII, each once. */
function wordsBeyondAscii(latin: string): Buffer[] {
  const words = new Set<string>();
  for (const [word] of latin.matchAll(/[A-Za-z0-9']*[\u0080-\u00ff][A-Za-z'\u0080-\u00ff]*/g)) {
    words.add(word.slice(-60));
    if (words.size >= MOST_WORDS) break;
  }
  return [...words].map((word) => Buffer.from(word, 'latin1'));
}

/** Lines in which a reading differs from others, as it reads them. */
function sampleOf(bytes: Buffer, decode: (line: Buffer) => string, others: readonly ((line: Buffer) => string)[]): string[] {
  const sample: string[] = [];
  for (const { from, to } of linesOf(bytes)) {
    const line = bytes.subarray(from, Math.min(to, from + SAMPLES.length));
    if (!line.some((byte) => byte >= 0x80)) continue;
    const text = decode(line);
    if (others.some((other) => other(line) !== text) && sample.push(cellText(text)) === SAMPLES.lines) break;
  }
  return sample;
}

const UTF_8_SEQUENCE = /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/g;

function hasUtf8(word: Buffer): boolean {
  return word.toString('latin1').search(UTF_8_SEQUENCE) >= 0;
}

/** The page in which the bytes read best that are no UTF-8. */
function eightBitOf(words: readonly Buffer[]): Page {
  const broken = words.filter((word) => strictly(word) === null);
  const odd = (page: Page): number => oddness(broken.map((word) => mixed(word, page))) + page.rarity;
  return PAGES.reduce((best, page) => (odd(page) < odd(best) ? page : best));
}

/** Returns bytes decoded as UTF-8 where they are, and by a page where they are not. */
function mixed(bytes: Buffer, page: Page): string {
  const whole = strictly(bytes);
  if (whole !== null) return whole;
  const latin = bytes.toString('latin1');
  let text = '';
  let at = 0;
  for (const match of latin.matchAll(UTF_8_SEQUENCE)) {
    const sequence = strictly(Buffer.from(match[0], 'latin1'));
    if (sequence === null) continue;
    text += decoded(Buffer.from(latin.slice(at, match.index), 'latin1'), page) + sequence;
    at = match.index + match[0].length;
  }
  return text + decoded(Buffer.from(latin.slice(at), 'latin1'), page);
}

/** UTF-8, and the lines that are not by the page in which they read best. */
function byLines(bytes: Buffer): { readonly text: string; readonly repaired: ReadonlySet<number> } {
  const page = eightBitOf(wordsBeyondAscii(bytes.toString('latin1')));
  const repaired = new Set<number>();
  const lines: string[] = [];
  for (const { from, to } of linesOf(bytes)) {
    const line = bytes.subarray(from, to);
    const text = strictly(line);
    if (text === null) repaired.add(lines.length);
    lines.push(text ?? mixed(line, page));
  }
  return { text: lines.join('\n'), repaired };
}

/** Where lines begin and end, whichever way each ends. */
function* linesOf(bytes: Buffer): Generator<{ readonly from: number; readonly to: number }> {
  let from = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== LINE_FEED && bytes[at] !== RETURN) continue;
    yield { from, to: at };
    if (bytes[at] === RETURN && bytes[at + 1] === LINE_FEED) at++;
    from = at + 1;
  }
  yield { from, to: bytes.length };
}

const [LINE_FEED, RETURN] = [0x0a, 0x0d];
