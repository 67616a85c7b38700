import { execFileSync } from 'node:child_process';
import { ensureSystemLibraries } from '../../../scripts/system-libraries.mjs';

/** The text of one page of a PDF (from 1; left out: of all pages) as Poppler reads it, with single blanks. */
export async function readTextByPoppler(pdf: string, page?: number): Promise<string> {
  const pages = page === undefined ? [] : ['-f', String(page), '-l', String(page)];
  return (await run('pdftotext', [...pages, pdf, '-'])).replaceAll(/\s+/g, ' ');
}

/** Writes the files that are attached to a PDF into `folder`, as Poppler takes them out. */
export async function detachByPoppler(pdf: string, folder: string): Promise<void> {
  await run('pdfdetach', ['-saveall', '-o', folder, pdf]);
}

/** A second reader of what we write ourselves; it is installed where it is missing and may be. */
async function run(program: 'pdftotext' | 'pdfdetach', args: readonly string[]): Promise<string> {
  await ensureSystemLibraries({ programs: [program] });
  return execFileSync(program, args, { encoding: 'utf8' });
}
