import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mayBeOpened, mayHoldMacros, safeName } from '../../electron/main/file-names.ts';
import { filled } from '../../electron/main/filled-words.ts';
import { markAsForeign } from '../../electron/main/foreign-mark.ts';
import { copyToOpen, removeOpenedCopies, type CopyOut } from '../../electron/main/opened-copies.ts';
import { handOut } from '../../electron/engine/files/hand-out.ts';
import { handOutsBy } from '../../electron/main/hand-outs.ts';
import { SHELL_ARGUMENTS } from '../../electron/main/shell-arguments.ts';
import type { ToEngineProcess } from '../../shared/contract/engine-process.ts';
import { openBlobStore } from '../../shared/node/files/open-blob-store.ts';
import { placeOfFile } from '../support/laptops/stored-file.ts';
import { runs } from '../sync/seeds.ts';

/** Materials leave the store under safe names, marked as come from elsewhere, and do not stay behind. */

describe('a safe name', () => {
  it.each([
    ['x.pdf ', 'x.pdf'],
    ['x.pdf. . ', 'x.pdf'],
    ['con .pdf', '_con.pdf'],
    ['CON.tar.gz', '_CON.tar.gz'],
    ['COM¹.pdf', '_COM¹.pdf'],
    ['lpt0', '_lpt0'],
    ['CONIN$.pdf', '_CONIN$.pdf'],
    ['conout$.txt', '_conout$.txt'],
    ['ＮＵＬ.pdf', '_ＮＵＬ.pdf'],
    ['a\ud800b.pdf', 'a_b.pdf'],
    ['a\u202efdp.exe', 'a_fdp.exe'],
    ['x\u3164.pdf', 'x_.pdf'],
    ['a.p\u200bdf', 'a.p_df'],
    ['x.pdf::$DATA', 'x.pdf__$DATA'],
    ['a. .pdf', 'a.pdf'],
    ['~/.bashrc.txt', 'bashrc.txt'],
    [`a.${'b'.repeat(30)}`, `a.${'b'.repeat(30)}`],
  ])('%j is %j', (name, safe) => expect(safeName(name)).toBe(safe));

  it('keeps its extension, however long it was, and cuts between signs', () => {
    for (const sign of ['é', '漢', '😀', 'a', '👩‍👩‍👧']) {
      const safe = safeName(`${sign.repeat(300)}.pptx`);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
      expect(Buffer.byteLength(safe)).toBeGreaterThan(190);
      expect(safe.endsWith('.pptx')).toBe(true);
      expect(safe).not.toMatch(/\p{Cs}/u);
    }
  });

  it('holds for any text: no path, no device, no sign that misleads, at most 200 bytes, and safe again', () => {
    const parts = fc.constantFrom(
      'con',
      'COM¹',
      'nul',
      ' ',
      '.',
      '..',
      '/',
      '\\',
      '-',
      '\u202e',
      '\ud83d',
      '\0',
      '\n',
      ':',
      '漢',
      'é',
      '.pdf',
      '$',
      '_',
      'a',
    );
    const names = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(parts, { maxLength: 200 }).map((some) => some.join('')),
    );
    fc.assert(
      fc.property(names, (name) => {
        const safe = safeName(name);
        expect(safe).not.toBe('');
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
        expect(safe).not.toMatch(/\p{Cs}/u);
        expect(safe).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*\\/]/u);
        expect(safe).not.toMatch(/^[.\s-]|[.\s]$/u);
        expect(safe.normalize('NFKC')).not.toMatch(/^\s*(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)\s*(\.|$)/i);
        expect(safeName(safe)).toBe(safe);
        expect(mayBeOpened(safe) && !mayBeOpened(name.trimEnd().replace(/[.\s]+$/u, ''))).toBe(false);
      }),
      runs(3_000),
    );
  });
});

describe('what may hold macros', () => {
  it('is asked about first; what is there for them is never opened', () => {
    for (const extension of ['doc', 'XLS', 'ppt', 'pps', 'rtf', 'odt', 'ods', 'odp']) {
      expect(mayBeOpened(`a.${extension}`) && mayHoldMacros(`a.${extension}`), extension).toBe(true);
    }
    for (const extension of ['docm', 'xlsm', 'pptm', 'dotm', 'xlam', 'xlsb', 'ppam', 'ppsm', 'slk', 'iqy', 'chm', 'xll']) {
      expect(mayBeOpened(`a.${extension}`), extension).toBe(false);
    }
    for (const extension of ['pdf', 'docx', 'png', 'mp4']) expect(mayHoldMacros(`a.${extension}`), extension).toBe(false);
  });
});

describe('a copy that is opened', () => {
  let folder: string;
  let copies: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'itinera-opened-'));
    copies = path.join(folder, 'opened');
    writeFileSync(path.join(folder, 'ab12'), 'a case file');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** An engine that has the file. */
  const copyOut: CopyOut = async (target) => {
    copyFileSync(path.join(folder, 'ab12'), target);
    return 'done';
  };
  const opened = async (name: string): Promise<string> => {
    const copy = await copyToOpen(copyOut, name, copies);
    if (typeof copy === 'string') throw new Error(copy);
    return copy.path;
  };

  it('is read-only and its user’s alone, in a folder of its own', async () => {
    const [first, second] = [await opened('Deck.txt'), await opened('Deck.txt')];
    expect(first).not.toBe(second);
    expect(lstatSync(first).mode & 0o777).toBe(0o400);
    expect(lstatSync(copies).mode & 0o777).toBe(0o700);
    expect(readFileSync(first, 'utf8')).toBe('a case file');
  });

  it('is not there where the engine does not have the file, or could not write it', async () => {
    for (const outcome of ['notHere', 'failed'] as const) {
      expect(await copyToOpen(() => Promise.resolve(outcome), 'Deck.txt', copies)).toBe(outcome);
      expect(readdirSync(copies)).toEqual([]);
    }
  });

  it('goes at the next start, whatever a program or a power cut left: read-only, nested, beside others', async () => {
    const source = path.join(folder, 'ab12');
    const left = await opened('Deck.doc');
    writeFileSync(path.join(path.dirname(left), '~$Deck.doc'), 'lock');
    mkdirSync(path.join(path.dirname(left), 'autosave'));
    writeFileSync(path.join(path.dirname(left), 'autosave', 'Deck.bak'), 'x');
    await opened('Other.pdf');
    symlinkSync(source, path.join(copies, 'link'));
    chmodSync(left, 0o000);
    await removeOpenedCopies(copies);
    expect(existsSync(copies)).toBe(false);
    // A link among them leads to no removal.
    expect(readFileSync(source, 'utf8')).toBe('a case file');
    expect(lstatSync(source).mode & 0o222).not.toBe(0);
  });

  it('again and again, and where there is nothing at all', async () => {
    await removeOpenedCopies(copies);
    const fresh = await opened('Deck.txt');
    expect(readdirSync(path.dirname(fresh))).toEqual(['Deck.txt']);
    await removeOpenedCopies(copies);
    expect(existsSync(copies)).toBe(false);
  });
});

describe('a copy that the shell asks the engine for', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'itinera-handed-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is written whole for its user alone, of a file of the store and of no other', async () => {
    const files = openBlobStore(folder);
    const { sha256 } = await files.put(Readable.from([Buffer.from('a case '), Buffer.from('file')]));
    const target = path.join(folder, 'copy.txt');
    expect(await handOut(files, sha256, target)).toBe('done');
    expect(readFileSync(target, 'utf8')).toBe('a case file');
    expect(lstatSync(target).mode & 0o777).toBe(0o600);
    expect(await handOut(files, 'a'.repeat(64), path.join(folder, 'other.txt'))).toBe('notHere');
    expect(await handOut(files, sha256, path.join(folder, 'none', 'copy.txt'))).toBe('failed');
    expect(SHELL_ARGUMENTS.openMaterial.safeParse(['../itinera.db', 'a.pdf']).success).toBe(false);
    expect(SHELL_ARGUMENTS.saveMaterial.safeParse(['/etc/passwd', 'passwd.txt']).success).toBe(false);
    expect(SHELL_ARGUMENTS.openMaterial.safeParse([sha256, 'a.pdf']).success).toBe(true);
  });

  it('that is not what its name says does not stay', async () => {
    const files = openBlobStore(folder);
    const { sha256 } = await files.put(Readable.from([Buffer.from('a case file')]));
    writeFileSync(placeOfFile(folder, sha256), 'a case filf');
    const target = path.join(folder, 'copy.txt');
    expect(await handOut(files, sha256, target)).toBe('failed');
    expect(existsSync(target)).toBe(false);
  });

  it('is answered once, and all that waits fails when the engine is gone', async () => {
    const posted: ToEngineProcess[] = [];
    const handOuts = handOutsBy((message) => posted.push(message));
    const [first, second] = [handOuts.ask('a', '/x'), handOuts.ask('b', '/y')];
    handOuts.answered(1, 'done');
    handOuts.answered(1, 'failed');
    handOuts.allFailed();
    expect([await first, await second]).toEqual(['done', 'failed']);
    expect(posted).toEqual([
      { type: 'handOut', id: 1, sha256: 'a', to: '/x' },
      { type: 'handOut', id: 2, sha256: 'b', to: '/y' },
    ]);
  });
});

describe('the mark of what comes from elsewhere', () => {
  const marked = async (platform: NodeJS.Platform, fails = false) => {
    const done: unknown[] = [];
    const note = (...what: unknown[]) => (fails ? Promise.reject(new Error('no room')) : Promise.resolve(void done.push(what)));
    await markAsForeign('/copy/a.doc', { platform, now: 1_767_225_600_000, writeFile: note, run: note });
    return done;
  };

  it('is the zone on Windows, the quarantine on macOS, and none on Linux', async () => {
    expect(await marked('win32')).toEqual([['/copy/a.doc:Zone.Identifier', '[ZoneTransfer]\r\nZoneId=3\r\n']]);
    expect(await marked('darwin')).toEqual([['/usr/bin/xattr', ['-w', 'com.apple.quarantine', '0081;6955b900;Itinera;', '/copy/a.doc']]]);
    expect(await marked('linux')).toEqual([]);
  });

  it('is left where the file system has no room for it', async () => {
    expect(await marked('win32', true)).toEqual([]);
  });
});

describe('a question of the shell', () => {
  it('shows what it is told on one line, and fills in once', () => {
    expect(filled('Erase {{name}}?', { name: 'Koné\n\nAll is well. \u202egnihton' })).toBe('Erase Koné All is well. gnihton?');
    expect(filled('{{a}} {{b}} {{constructor}}', { a: '{{b}}', b: '$&' })).toBe('{{b}} $& ');
    expect(filled('{{name}}', { name: 'x'.repeat(5_000) })).toHaveLength(201);
  });
});
