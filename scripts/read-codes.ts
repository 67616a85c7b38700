// Whether the QR codes of a paper are read from its pages, by two programs that know nothing of ours: node scripts/read-codes.ts PAPER.pdf [PAGES [CODES]]
// CODES: a file of what they are to say, a line each, in any order (with an address before it or not); left out, the two programs are only held against each other.
// Each page is drawn at 100 dpi, and spoilt at 200 dpi: turned by two degrees, blurred, with noise, as JPEG of quality 30. Asks for pdftoppm (poppler), convert (ImageMagick), zbarimg, and
// Python with zxing-cpp and Pillow (PYTHON: which one). Ends with 1 where a code was not read, not alike by both, or not as it is to be.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [paper, pages = '40', codes] = process.argv.slice(2);
if (paper === undefined) throw new Error('which paper?');
const said = codes === undefined ? null : new Set(readFileSync(codes, 'utf8').trim().split(/\s+/));

const WAYS = {
  'at 100 dpi': { dpi: '100', spoil: [], ending: 'png' },
  'spoilt at 200 dpi': {
    dpi: '200',
    spoil: [
      '-background',
      'white',
      '-rotate',
      '2',
      '-blur',
      '0x1.2',
      '-seed',
      '7',
      '-attenuate',
      '0.6',
      '+noise',
      'Gaussian',
      '-quality',
      '30',
    ],
    ending: 'jpg',
  },
} as const;
const ZXING = `
import sys, zxingcpp
from PIL import Image
for name in sys.argv[1:]:
    print(next((code.text for code in zxingcpp.read_barcodes(Image.open(name).convert("L"))), ""))
`;

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-codes-'));
try {
  for (const [way, { dpi, spoil, ending }] of Object.entries(WAYS)) {
    const drawn = mkdtempSync(path.join(folder, 'drawn-'));
    execFileSync('pdftoppm', ['-r', dpi, '-gray', '-l', pages, paper, path.join(drawn, 'page')]);
    const pictures = readdirSync(drawn)
      .sort()
      .map((name) => {
        const picture = path.join(drawn, `${name}.${ending}`);
        execFileSync('convert', [path.join(drawn, name), ...spoil, picture]);
        return picture;
      });
    const zbar = pictures.map((picture) => spawnSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8' }).stdout.trim());
    const zxing = execFileSync(process.env['PYTHON'] ?? 'python3', ['-c', ZXING, ...pictures], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');
    const read = (texts: readonly string[]): number => texts.filter((text) => text !== '').length;
    const differ = pictures.filter((_, page) => zbar[page] !== '' && zxing[page] !== '' && zbar[page] !== zxing[page]).length;
    // A code says a thing once: a page that is another's twin is wrong as well.
    const wrong =
      said === null ? 0 : pictures.length - new Set(zxing.map((text) => text.replace(/^.*#/, '')).filter((text) => said.has(text))).size;
    const against = said === null ? '' : `, ${wrong} not as they are to be`;
    process.stdout.write(
      `${way}: ${pictures.length} pages, zbar ${read(zbar)}, zxing ${read(zxing)}, ${differ} read otherwise${against}\n`,
    );
    if (read(zbar) < pictures.length || read(zxing) < pictures.length || differ > 0 || wrong > 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
