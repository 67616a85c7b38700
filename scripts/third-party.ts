// What others have made of the program that is shipped, with their licences: gathered as it is built, from the modules that are really in it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { NOTICES_FILE, type Notice } from '../shared/features/settings/notice.ts';

/** The lists of files of others that are bundled as they are. */
const BUNDLED = ['resources/papers/fonts/fonts.json', 'resources/open-badges/contexts.json'];
const TEXTS = /^(?!.*\.[cm]?[jt]s$)(licen[cs]e|copying|notice)([.-].*)?$/i;

/** The folder of the package that a module is of; null for one of our own, and for what the bundler makes. */
export function packageFolderOf(module: string): string | null {
  const [file] = module.replace(/^\0/, '').split('?');
  const at = file!.lastIndexOf('/node_modules/');
  if (at < 0) return null;
  const [first, second] = file!.slice(at + '/node_modules/'.length).split('/');
  return `${file!.slice(0, at)}/node_modules/${first!.startsWith('@') ? `${first}/${second}` : first}`;
}

/** The notices of packages by their folders, in the order of their names; one that names no licence is a fault. */
export function noticesOf(folders: Iterable<string>): Notice[] {
  const notices = new Map<string, Notice>();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Readonly<
      Record<string, unknown>
    >;
    if (typeof name !== 'string' || typeof version !== 'string') continue;
    if (typeof license !== 'string' || license === '') throw new Error(`${name} ${version} names no licence`);
    const files = readdirSync(folder).filter((file) => TEXTS.test(file));
    const text = files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim()).join('\n\n');
    notices.set(`${name} ${version}`, { name, version, licence: license, text });
  }
  return [...notices.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The notices of files that are bundled as they are (fonts, contexts): a list of them, and the texts of their licences beside it. */
export function fileNotices(list: string): Notice[] {
  const files = JSON.parse(readFileSync(list, 'utf8')) as readonly Notice[];
  return files.map(({ text, ...file }) => ({ ...file, text: readFileSync(path.join(path.dirname(list), text), 'utf8').trim() }));
}

/** A plugin for each of the program's parts; that of the window, which is built last, writes the file. */
export function gatherNotices(root: string): { readonly part: Plugin; readonly window: Plugin } {
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { readonly devDependencies: object };
  // In the program, and no module of a bundle: what runs it, what is compiled, the files of the fonts.
  const beside = [
    'electron',
    'better-sqlite3',
    '@myriaddreamin/typst-ts-node-compiler',
    // In the page that verifies certificates.
    '@noble/ed25519',
    '@noble/hashes',
    ...Object.keys(devDependencies).filter((name) => name.startsWith('@fontsource/')),
  ];
  const folders = new Set(beside.map((name) => path.join(root, 'node_modules', name)));
  const gather = (modules: Iterable<string>): void => {
    for (const module of modules) {
      const folder = packageFolderOf(module);
      if (folder !== null && existsSync(path.join(folder, 'package.json'))) folders.add(folder);
    }
  };
  const part: Plugin = {
    name: 'gather-notices',
    apply: 'build',
    buildEnd() {
      gather(this.getModuleIds());
    },
  };
  return {
    part,
    window: {
      ...part,
      generateBundle() {
        const notices = [...noticesOf(folders), ...BUNDLED.flatMap((list) => fileNotices(path.join(root, list)))];
        this.emitFile({ type: 'asset', fileName: NOTICES_FILE, source: `export const notices = ${JSON.stringify(notices)};\n` });
      },
    },
  };
}
