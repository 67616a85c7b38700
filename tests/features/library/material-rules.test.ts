import { expect, test } from 'vitest';
import { fileType, UNKNOWN_TYPE } from '../../../shared/features/material/file-type.ts';
import { newestPerLanguage, versionToOpen } from '../../../shared/features/material/rules.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

test('a type is what name and bytes agree on', () => {
  expect(fileType('Slides.PDF', bytes('%PDF-1.7'))).toBe('application/pdf');
  expect(fileType('deck.pptx', bytes('PK\u0003\u0004'))).toContain('presentation');
  expect(fileType('deck.pptx', bytes('nothing of the kind'))).toBe(UNKNOWN_TYPE);
  expect(fileType('notes.txt', bytes('plain words'))).toBe('text/plain');
  expect(fileType('notes', bytes('plain words'))).toBe(UNKNOWN_TYPE);
  expect(fileType('film.mp4', bytes('\u0000\u0000\u0000\u0018ftypmp42'))).toBe('video/mp4');
});

test('a program is not taken, under whatever name', () => {
  expect(fileType('setup.exe', bytes('x'))).toBeNull();
  expect(fileType('slides.pdf.BAT', bytes('x'))).toBeNull();
  expect(fileType('slides.pdf', bytes('MZ\u0090\u0000\u0003\u0000'))).toBeNull();
  expect(fileType('slides.pdf', bytes('\u007fELF\u0002'))).toBeNull();
  expect(fileType('slides.pdf', bytes('#!/bin/sh'))).toBeNull();
  expect(fileType('macros.docm', bytes('PK\u0003\u0004'))).toBeNull();
});

test.each(['MZ;Maputo;Tribunal Judicial', 'MZ,Beira', 'MZUZU;Malawi', 'MZ'])('a text that begins like %j is no program', (text) => {
  expect(fileType('tribunais.csv', bytes(text))).not.toBeNull();
});

test('the version to open is the newest in the language, else the newest', () => {
  const version = (id: string, language: 'en' | 'fr' | 'pt', addedAt: string) => ({
    id,
    materialId: 'm',
    language,
    fileName: 'x.pdf',
    type: 'application/pdf',
    sha256: id.repeat(64).slice(0, 64),
    size: 1,
    addedAt,
  });
  const versions = [
    version('3', 'fr', '2021-07-03'),
    version('1', 'fr', '2021-07-01'),
    version('2', 'en', '2021-07-02'),
    version('4', 'fr', '2021-07-03'),
  ];
  expect(versionToOpen(versions, 'fr')?.id).toBe('4');
  expect(versionToOpen(versions, 'en')?.id).toBe('2');
  expect(versionToOpen(versions, 'pt')?.id).toBe('4');
  expect(versionToOpen([], 'pt')).toBeUndefined();
  expect(newestPerLanguage(versions).map(({ id }) => id)).toEqual(['4', '2']);
});
