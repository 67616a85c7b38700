import {
  chmodSync,
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
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mayBeOpened, mayHoldMacros, safeName } from '../../electron/main/file-names.ts';
import { filled } from '../../electron/main/filled-words.ts';
import { markAsForeign } from '../../electron/main/foreign-mark.ts';
import { copyToOpen, forgetCopies, storedFile } from '../../electron/main/opened-copies.ts';
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
    mkdirSync(path.join(folder, 'files'));
    writeFileSync(path.join(folder, 'files', 'ab12'), 'a case file');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is read-only and its user’s alone, in a folder of its own', async () => {
    const source = await storedFile(path.join(folder, 'files', 'ab12'), folder);
    const [first, second] = [await copyToOpen(source!, 'Deck.txt', copies), await copyToOpen(source!, 'Deck.txt', copies)];
    expect(first).not.toBe(second);
    expect(lstatSync(first).mode & 0o777).toBe(0o400);
    expect(lstatSync(copies).mode & 0o777).toBe(0o700);
    expect(readFileSync(first, 'utf8')).toBe('a case file');
  });

  it('is of a file of the store and of no other', async () => {
    writeFileSync(path.join(folder, 'itinera.db'), 'x');
    symlinkSync(path.join(folder, 'itinera.db'), path.join(folder, 'files', 'cd34'));
    expect(await storedFile(path.join(folder, 'files', 'cd34'), folder)).toBeNull();
    expect(await storedFile(path.join(folder, 'files', '..', 'itinera.db'), folder)).toBeNull();
    expect(await storedFile('/etc/passwd', folder)).toBeNull();
  });

  it('goes at the next start, whatever a program or a power cut left: read-only, nested, beside others', async () => {
    const source = path.join(folder, 'files', 'ab12');
    const left = await copyToOpen(source, 'Deck.doc', copies);
    writeFileSync(path.join(path.dirname(left), '~$Deck.doc'), 'lock');
    mkdirSync(path.join(path.dirname(left), 'autosave'));
    writeFileSync(path.join(path.dirname(left), 'autosave', 'Deck.bak'), 'x');
    await copyToOpen(source, 'Other.pdf', copies);
    symlinkSync(source, path.join(copies, 'link'));
    chmodSync(left, 0o000);
    await forgetCopies(copies);
    expect(existsSync(copies)).toBe(false);
    // A link among them leads to no removal.
    expect(readFileSync(source, 'utf8')).toBe('a case file');
    expect(lstatSync(source).mode & 0o222).not.toBe(0);
  });

  it('again and again, and where there is nothing at all', async () => {
    await forgetCopies(copies);
    const fresh = await copyToOpen(path.join(folder, 'files', 'ab12'), 'Deck.txt', copies);
    expect(readdirSync(path.dirname(fresh))).toEqual(['Deck.txt']);
    await forgetCopies(copies);
    expect(existsSync(copies)).toBe(false);
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
