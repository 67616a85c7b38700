import path from 'node:path';

/** What may be opened in another program: documents, pictures, sound, film. Nothing that runs, and no macros. */
const OPENED = new Set(
  (
    'pdf pptx ppt ppsx pps odp docx doc odt rtf xlsx xls ods csv tsv txt md epub ics ' +
    'png jpg jpeg gif webp bmp tif tiff heic mp3 m4a aac wav ogg oga opus flac mp4 m4v mov webm mkv avi ogv mpg mpeg'
  )
    .split(' ')
    .map((extension) => `.${extension}`),
);

/** Whether a file of this name may be opened in another program. */
export function mayBeOpened(name: string): boolean {
  return OPENED.has(path.extname(name).toLowerCase());
}

/** A name that is safe on every file system, whatever a file was called: no path, no control characters, no reserved names. */
export function safeName(name: string): string {
  const base = name
    .split(/[\\/]/)
    .at(-1)!
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '_')
    .replace(/^[.\s-]+|[.\s]+$/g, '');
  const extension = path.extname(base).slice(0, 20);
  const stem = base.slice(0, base.length - path.extname(base).length).slice(0, 100);
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem);
  return `${reserved || stem === '' ? `_${stem}` : stem}${extension}`;
}
