/** A type by what a file's name ends in. Whatever is not in the list is kept as plain bytes. */
const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ppsx: 'application/vnd.openxmlformats-officedocument.presentationml.slideshow',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  ppt: 'application/vnd.ms-powerpoint',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  rtf: 'application/rtf',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  zip: 'application/zip',
};

/** The first bytes for the names of each family; a name without a rule here has no mark of its own. */
const MARKS: readonly { readonly names: readonly string[]; readonly fits: (start: Uint8Array) => boolean }[] = [
  { names: ['pdf'], fits: (start) => ascii(start, 0, 1_024).includes('%PDF-') },
  { names: ['pptx', 'ppsx', 'docx', 'xlsx', 'odp', 'odt', 'ods', 'zip'], fits: (start) => begins(start, 0x50, 0x4b) },
  { names: ['ppt', 'doc', 'xls'], fits: (start) => begins(start, 0xd0, 0xcf, 0x11, 0xe0) },
  { names: ['rtf'], fits: (start) => ascii(start, 0, 5) === '{\\rtf' },
  { names: ['png'], fits: (start) => begins(start, 0x89, 0x50, 0x4e, 0x47) },
  { names: ['jpg', 'jpeg'], fits: (start) => begins(start, 0xff, 0xd8, 0xff) },
  { names: ['gif'], fits: (start) => ascii(start, 0, 4) === 'GIF8' },
  { names: ['webp'], fits: (start) => ascii(start, 8, 12) === 'WEBP' },
  { names: ['mp4', 'm4v', 'mov', 'm4a'], fits: (start) => ascii(start, 4, 8) === 'ftyp' || ascii(start, 4, 8) === 'moov' },
  { names: ['webm'], fits: (start) => begins(start, 0x1a, 0x45, 0xdf, 0xa3) },
  { names: ['mp3'], fits: (start) => ascii(start, 0, 3) === 'ID3' || (start[0] === 0xff && (start[1]! & 0xe0) === 0xe0) },
  { names: ['wav'], fits: (start) => ascii(start, 8, 12) === 'WAVE' },
  { names: ['ogg'], fits: (start) => ascii(start, 0, 4) === 'OggS' },
  { names: ['txt', 'md', 'csv'], fits: (start) => !start.includes(0) || begins(start, 0xff, 0xfe) || begins(start, 0xfe, 0xff) },
];

/** Names that start a program when opened; a material is read, never run. */
const PROGRAMS =
  /\.(exe|com|scr|msi|msix|bat|cmd|ps1|psm1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|lnk|url|desktop|sh|bash|run|appimage|app|command|dmg|pkg|deb|rpm|jar|reg|cpl|dll|scf|inf|iso|img|vhd|docm|dotm|xlsm|xlam|xltm|pptm|ppsm|potm|chm)$/i;

/** The number of bytes at the start of a file that tell its type. */
export const START_BYTES = 4_096;
export const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * The type of a file from its name and its first bytes: the name's type where the bytes agree, plain bytes otherwise.
 * null for a program (by its name, or by the marks of Windows, Linux, macOS programs and scripts): it is not taken.
 */
export function fileType(name: string, start: Uint8Array): string | null {
  if (PROGRAMS.test(name) || isProgram(start)) return null;
  const extension = extensionOf(name);
  const type = TYPES[extension];
  if (type === undefined) return UNKNOWN_TYPE;
  const mark = MARKS.find((candidate) => candidate.names.includes(extension));
  return !mark || mark.fits(start) ? type : UNKNOWN_TYPE;
}

function extensionOf(name: string): string {
  return (/\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1] ?? '').toLowerCase();
}

function isProgram(start: Uint8Array): boolean {
  return (
    isWindowsProgram(start) ||
    begins(start, 0x7f, 0x45, 0x4c, 0x46) ||
    begins(start, 0xcf, 0xfa, 0xed, 0xfe) ||
    begins(start, 0xca, 0xfe, 0xba, 0xbe) ||
    ascii(start, 0, 2) === '#!'
  );
}

/** A program for Windows or DOS. Its two letters alone are Mozambique's. */
function isWindowsProgram(start: Uint8Array): boolean {
  // A text has no zero bytes; the header of a program, an old DOS one too, is full of them.
  return begins(start, 0x4d, 0x5a) && start.subarray(2, 64).includes(0);
}

function begins(start: Uint8Array, ...bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => start[index] === byte);
}

function ascii(start: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...start.subarray(from, to));
}
