import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The file that a thread runs, for `new Worker`. `here`: the `import.meta.url` of who starts it. As source it lies beside that (`NAME.ts`); in a bundle it is an
 * entry of its own (`NAME.js`) beside the chunk that this became part of, or one folder up. Throws where there is none.
 */
export function threadFile(here: string, name: string): URL {
  const places = here.endsWith('.ts') ? [`./${name}.ts`] : [`./${name}.js`, `../${name}.js`];
  for (const place of places) {
    const file = new URL(place, here);
    if (existsSync(fileURLToPath(file))) return file;
  }
  throw new Error(`no file for the thread ${name}`);
}
