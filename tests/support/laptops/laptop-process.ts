// A laptop at work in a process of its own (tests/faults/sync-kill.test.ts): argv[2] its folder, argv[3] the workshop, argv[4] which round it is, argv[5] the
// step at which it is killed ('' for never). Says each thing as soon as it is so, a line each.
import { writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { killAtStep } from '../killing.ts';
import { openLaptop } from './laptop.ts';
import { quietCall } from '../quiet-call.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';

export type Said =
  | { readonly say: 'confirmed'; readonly entity: string; readonly field: string; readonly value: string }
  | { readonly say: 'file'; readonly sha256: string }
  | { readonly say: 'stage'; readonly stage: string }
  | { readonly say: 'ended'; readonly steps: number; readonly code: string };

const [, , folder, workshop, round, at] = process.argv as [string, string, string, string, string, string];
const say = (said: Said): void => void writeSync(1, `${JSON.stringify(said)}\n`);

const laptop = openLaptop({ folder });
const steps = await killAtStep(laptop.store.db, at === '' ? null : Number(at));

say({ say: 'stage', stage: 'commit' });
for (let i = 0; i < 3; i++) {
  const entity = `mark-${(Number(round) + i) % 7}`;
  const value = `${round}.${i}`;
  laptop.write(peopleSpace(workshop), 'mark', entity, { method: value });
  say({ say: 'confirmed', entity, field: 'method', value });
}
if (Number(round) % 2 === 0) {
  say({ say: 'stage', stage: 'file' });
  const source = path.join(folder, 'source.bin');
  writeFileSync(source, `file of round ${round} ${'x'.repeat(40_000)}`);
  const { sha256, size } = await laptop.files.put(sourceFile(source));
  const record = { sha256, size, language: 'fr', type: 'text/plain', fileName: 'x' };
  laptop.write(planSpace(workshop), 'materialVersion', `file-${round}`, record);
  say({ say: 'confirmed', entity: `file-${round}`, field: 'sha256', value: sha256 });
  say({ say: 'file', sha256 });
}
say({ say: 'stage', stage: 'sync.greeting' });
let stage = '';
const answer = await laptop.sync.handlers['sync.run'](
  { files: true },
  {
    ...quietCall(),
    progress: ({ label }) => {
      if (label !== stage) say({ say: 'stage', stage: label });
      stage = label;
    },
  },
);
say({ say: 'ended', steps: steps(), code: answer.ok ? '' : answer.refusal.code });
await laptop.close();
