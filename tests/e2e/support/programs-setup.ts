// The global set-up of the window tests: the programs that they start beside the window are bundled once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundlePrograms } from '../../support/programs.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'itinera-programs-'));
  await bundlePrograms(folder);
  process.env['ITINERA_PROGRAMS'] = folder;
  // A process of a worker that has just ended may still write there what it compiled.
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
