import path from 'node:path';

const dotted = (extensions: string): ReadonlySet<string> => new Set(extensions.split(' ').map((extension) => `.${extension}`));

/** The extensions of files of tables. */
export const TABLES = ['csv', 'tsv', 'txt', 'xlsx', 'ods', 'xls', 'htm', 'html', 'xml'];

/** The extensions that may be opened in another program: documents, pictures, sound, film. Nothing that runs. */
const OPENED = dotted(
  'pdf pptx ppsx odp docx odt xlsx ods csv tsv txt md epub ics ppt pps doc rtf xls ' +
    'png jpg jpeg gif webp bmp tif tiff heic mp3 m4a aac wav ogg oga opus flac mp4 m4v mov webm mkv avi ogv mpg mpeg',
);
/** Of these, what may carry programs of its own, or objects that are some: the older formats of offices and the open ones. */
const ASKED_FIRST = dotted('ppt pps doc rtf xls odp odt ods');

/** Whether a file of this name may be opened in another program; formats that are there for macros (docm, xlsm ...) never are. */
export function mayBeOpened(name: string): boolean {
  return OPENED.has(path.extname(name).toLowerCase());
}

/** Whether the user is asked before a file of this name is opened: it may hold macros, which its program may run. */
export function mayHoldMacros(name: string): boolean {
  return ASKED_FIRST.has(path.extname(name).toLowerCase());
}

/** Of a whole name, in bytes of UTF-8: file systems take 255, and a copy beside it has a longer name. */
const LONGEST_NAME = 200;
/** The longest extension, in signs; what comes after a later dot is part of the name. */
const LONGEST_EXTENSION = 20;
/** Signs that no name may have, that steer how others are drawn, or that are not drawn at all. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}<>:"|?*\\/]/gu;
/** Windows takes these for devices, whatever follows the first dot and with spaces before it; digits may be raised. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com\d|lpt\d)$/i;

/** A name that is safe on every file system, whatever a file was called: no path, no signs that mislead, no device, at most 200 bytes. */
export function safeName(name: string): string {
  const base = trimmed(lastPart(name).replace(UNSAFE, '_'));
  const found = path.extname(base);
  const extension = found.length > 1 && found.length <= LONGEST_EXTENSION ? found : '';
  const stem = base.slice(0, base.length - extension.length).replace(/[.\s]+$/u, '');
  const device = DEVICE.test(stem.split('.')[0]!.trim().normalize('NFKC'));
  const whole = device || stem === '' ? `_${stem}` : stem;
  return cutTo(whole, LONGEST_NAME - Buffer.byteLength(extension)) + extension;
}

function lastPart(name: string): string {
  return name.split(/[\\/]/).at(-1)!;
}

/** Without what file systems or shells take amiss at the ends: dots, white space, a dash in front. */
function trimmed(name: string): string {
  return name.replace(/^[.\s-]+/u, '').replace(/[.\s]+$/u, '');
}

/** As many whole signs of a text as `bytes` of UTF-8 hold. */
function cutTo(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let kept = '';
  let room = bytes;
  for (const sign of text) {
    room -= Buffer.byteLength(sign);
    if (room < 0) break;
    kept += sign;
  }
  return kept.replace(/[.\s]+$/u, '');
}
