/** The encodings in which officers' lists come. */
export const ENCODINGS = [
  'UTF-8',
  'UTF-8 with BOM',
  'UTF-16LE with BOM',
  'UTF-16BE with BOM',
  'UTF-16LE',
  'UTF-16BE',
  'Windows-1252',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

const WINDOWS_1252: Readonly<Record<string, number>> = { '€': 0x80, Š: 0x8a, Œ: 0x8c, '‘': 0x91, '’': 0x92, '–': 0x96, š: 0x9a, œ: 0x9c };

/** The bytes of a text in an encoding. */
export function encoded(text: string, encoding: Encoding): Buffer {
  const marked = encoding.endsWith('BOM') ? `\ufeff${text}` : text;
  if (encoding.startsWith('UTF-8')) return Buffer.from(marked, 'utf8');
  if (encoding.startsWith('UTF-16LE')) return Buffer.from(marked, 'utf16le');
  if (encoding.startsWith('UTF-16BE')) return Buffer.from(marked, 'utf16le').swap16();
  return Buffer.from([...text].map((character) => WINDOWS_1252[character] ?? character.charCodeAt(0)));
}
