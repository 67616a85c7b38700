// Makes the template of the page that verifies certificates: renderer/verification in one file, resources/verification.html. `npm run build` does it too.
//   node scripts/build-verification.ts
// The file is kept with the sources, so that the engine finds it where nothing was built; tests/features/award/award-page.test.ts holds the two together.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { pageWords } from '../renderer/verification/page-words.ts';
import { PAGE_DATA_MARK } from '../shared/features/award/award-page.ts';
import { LANGUAGES } from '../shared/kernel/text.ts';

/** Where the template lies, in the folder of resources. */
export const VERIFICATION_TEMPLATE = 'verification.html';

/** The oldest script that it is written in: phones of 2021 read it. Whole numbers of any length cannot be had in an older one. */
const TARGET = ['es2020', 'chrome87', 'firefox85', 'safari14'];
const NOTICES = 'MIT licence: @noble/ed25519, @noble/hashes (c) Paul Miller; Apache-2.0 licence: cborg (c) Rod Vagg';

/** Returns the template; the same sources give the same bytes. */
export async function verificationTemplate(root: string): Promise<string> {
  const folder = path.join(root, 'renderer/verification');
  const script = (await bundled(root, path.join(folder, 'page.ts'))).trim();
  if (/<\/script|<!--/i.test(script)) throw new Error('the script of the page would end in its middle');
  const style = small(readFileSync(path.join(folder, 'page.css'), 'utf8'));
  const values: Readonly<Record<string, string>> = {
    policy: [
      ...["default-src 'none'", `script-src '${hashOf(script)}'`, `style-src '${hashOf(style)}'`],
      ...["base-uri 'none'", "form-action 'none'"],
    ].join('; '),
    notices: NOTICES,
    unable: LANGUAGES.map((language) => `<p lang="${language}">${pageWords(language)('verification:unable')}</p>`).join(''),
    data: PAGE_DATA_MARK,
    style,
    script,
  };
  const html = readFileSync(path.join(folder, 'page.html'), 'utf8').replace(/^ +/gm, '');
  return html.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name]!);
}

/** Writes the template to the folder of resources, where it is not what stands there. */
export async function writeVerificationTemplate(root: string): Promise<{ readonly bytes: number; readonly changed: boolean }> {
  const file = path.join(root, 'resources', VERIFICATION_TEMPLATE);
  const template = await verificationTemplate(root);
  const changed = !existsSync(file) || readFileSync(file, 'utf8') !== template;
  if (changed) writeFileSync(file, template);
  return { bytes: Buffer.byteLength(template), changed };
}

/** Has a build of the program make the template first. */
export function buildVerification(root: string): Plugin {
  return {
    name: 'build-verification',
    apply: 'build',
    async buildStart() {
      await writeVerificationTemplate(root);
    },
  };
}

const ENCODER = '\0encoder';

/**
 * Leaves out of the page what a certificate never holds. The encoder's rare values (fractions, keys that are not ASCII): their encoding throws, and the decoder, which
 * encodes again what it read, then refuses them as it does now, a little earlier. The words of the window beside those for the kinds.
 */
const leaveOut: Plugin = {
  name: 'leave-out',
  enforce: 'pre',
  resolveId: (name, importer) => (name === 'cborg' && importer?.endsWith('/shared/sync/encode.ts') ? ENCODER : null),
  load(id) {
    if (id === ENCODER) return "export function encode() { throw new RangeError('no certificate holds such a value'); }";
    if (!/\/locales\/..\/award\.json$/.test(id)) return null;
    const { kind } = JSON.parse(readFileSync(id, 'utf8')) as { readonly kind: object };
    return JSON.stringify({ kind });
  },
};

async function bundled(root: string, entry: string): Promise<string> {
  const made = (await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [leaveOut],
    // A word of four languages is read once: it need not be a constant of its own.
    json: { stringify: true },
    build: {
      write: false,
      target: TARGET,
      minify: 'oxc',
      modulePreload: false,
      lib: { entry, formats: ['iife'], name: 'verification', fileName: 'page' },
      rolldownOptions: { treeshake: { moduleSideEffects: (id) => id === entry } },
    },
  })) as Rolldown.RolldownOutput[];
  return made[0]!.output[0].code;
}

const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

function small(css: string): string {
  return css
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim();
}

if (import.meta.filename === process.argv[1]) {
  const { bytes, changed } = await writeVerificationTemplate(path.resolve(import.meta.dirname, '..'));
  console.log(`${VERIFICATION_TEMPLATE}: ${bytes} bytes${changed ? '' : ', as it was'}`);
}
