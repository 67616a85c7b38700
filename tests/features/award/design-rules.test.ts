import { expect, it } from 'vitest';
import { contrastOnWhite, isLegible, LEAST_CONTRAST, readColour, USUAL_COLOURS } from '../../../shared/features/award/design-colours.ts';
import { judgePicture, LARGEST_PICTURE, LONGEST_SIDE } from '../../../shared/features/award/picture.ts';
import { designOnPaper, type CertificateDesign } from '../../../shared/features/paper/certificate-design.ts';
import { jpegHead, pngOf } from '../../support/papers/pictures.ts';

it('colours are read as people write them', () => {
  expect(['#7A1E2E', '7a1e2e', ' #abc ', 'ABC'].map(readColour)).toEqual(['#7a1e2e', '#7a1e2e', '#aabbcc', '#aabbcc']);
  expect(['', '#12', 'red', '#12345g', '#1234567'].map(readColour)).toEqual([null, null, null, null, null]);
});

it('a colour is judged by its contrast with white paper, as WCAG reckons it', () => {
  expect([contrastOnWhite('#000000'), contrastOnWhite('#ffffff'), contrastOnWhite('#767676'), contrastOnWhite('#777777')]).toEqual([
    21, 1, 4.54, 4.47,
  ]);
  expect([isLegible('main', '#767676'), isLegible('main', '#777777'), isLegible('accent', '#777777')]).toEqual([true, false, true]);
  expect([isLegible('accent', '#949494'), isLegible('accent', '#959595')]).toEqual([true, false]);
  expect(isLegible('main', 'red')).toBe(false);
  for (const use of ['main', 'accent'] as const) expect(contrastOnWhite(USUAL_COLOURS[use])).toBeGreaterThanOrEqual(LEAST_CONTRAST[use]);
});

it('a picture is what its bytes are', () => {
  expect(judgePicture(pngOf(300, 120))).toEqual({ ok: true, value: { type: 'image/png', width: 300, height: 120 } });
  const jpeg = { ok: true, value: { type: 'image/jpeg', width: 640, height: 480 } };
  expect(judgePicture(jpegHead(640, 480, 3))).toEqual(jpeg);
  expect(judgePicture(jpegHead(640, 480, 1, 0xc2))).toEqual(jpeg);
  // Bytes that fill up stand before a marker.
  const filled = jpegHead(640, 480, 3);
  expect(judgePicture(Uint8Array.from([0xff, 0xd8, 0xff, ...filled.subarray(2)]))).toEqual(jpeg);
});

it('what is none, or would not stand on paper, is refused and says why', () => {
  const codeOf = (bytes: Uint8Array) => {
    const judged = judgePicture(bytes);
    return judged.ok ? '' : judged.refusal.code;
  };
  const text = (said: string) => new TextEncoder().encode(said);
  for (const none of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<?xml version="1.0"?><svg/>', 'GIF89a', '%PDF-1.7', '', 'RIFF....WEBP'])
    expect(codeOf(text(none)), none).toBe('certificate.pictureKind');
  expect(codeOf(pngOf(300, 120).subarray(0, 30))).toBe('certificate.pictureKind');
  expect(codeOf(Uint8Array.from([0xff, 0xd8, 0xff, 0xd9]))).toBe('certificate.pictureKind');
  expect(codeOf(jpegHead(640, 480, 3, 0xc3))).toBe('certificate.pictureKind');
  expect(codeOf(jpegHead(640, 480, 4))).toBe('certificate.pictureColours');
  expect(codeOf(pngOf(300, 8))).toBe('certificate.pictureSides');
  expect(codeOf(jpegHead(LONGEST_SIDE + 1, 480, 3))).toBe('certificate.pictureSides');
  expect(codeOf(jpegHead(LONGEST_SIDE, LONGEST_SIDE, 3))).toBe('certificate.pictureSides');
  expect(codeOf(new Uint8Array(LARGEST_PICTURE + 1))).toBe('certificate.pictureBytes');
});

const picture = { name: 'logo', format: 'png' } as const;
const DESIGN: CertificateDesign = {
  main: '#7a1e2e',
  accent: '#b07d2b',
  heading: { en: 'National School', fr: 'École nationale' },
  body: { en: 'Recognised' },
  legal: {},
  logo: picture,
  signatories: [
    { name: 'Ana LOPES', office: { en: 'Director', fr: 'Directrice' }, signature: { ...picture, name: 'signature1' } },
    { name: '', office: {}, signature: null },
    { name: '', office: { en: 'Registrar' }, signature: null },
  ],
};
const words = { language: 'fr', say: (key: string, values?: object) => `${key} ${JSON.stringify(values ?? {})}` } as const;

it('a design stands on a paper in the language of the paper alone', () => {
  const { heading, body, legal, signatories } = designOnPaper(DESIGN, words);
  expect([heading, body, legal]).toEqual(['École nationale', '', '']);
  expect(signatories.map(({ name, office }) => [name, office])).toEqual([['Ana LOPES', 'Directrice']]);
  expect(designOnPaper(DESIGN, { ...words, language: 'en' }).signatories.map(({ office }) => office)).toEqual(['Director', 'Registrar']);
});

it('each picture says what it is, and a colour that would not be seen gives way', () => {
  const { logo, signatories, main, accent } = designOnPaper({ ...DESIGN, main: '#ffffcc', accent: '' }, words);
  expect(logo?.alt).toBe('certificates.logo {}');
  expect(signatories[0]?.signature?.alt).toBe('certificates.signatureOf {"name":"Ana LOPES"}');
  expect({ main, accent }).toEqual(USUAL_COLOURS);
});
