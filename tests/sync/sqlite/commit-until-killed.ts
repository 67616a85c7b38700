// Started by sqlite-crash.test.ts: commits marks in the folder of its argument, says each one that is confirmed, and goes on until it is killed.
import { writeSync } from 'node:fs';
import { nodeClock, nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { openStore } from '../../../shared/node/store/sqlite/opening/open-store.ts';

const opened = openStore({ folder: process.argv[2]!, clock: nodeClock, random: nodeRandom, hasher: nodeHasher, author: () => 'user-1' });
if (!opened.ok) throw new Error(opened.refusal.code);
for (let i = 1; ; i++) {
  const writes = [{ entityType: 'mark', entityId: `m${i % 50}`, field: 'status', value: `${i}` }];
  opened.value.commit([{ space: 'workshop/w1/people', writes }]);
  writeSync(1, `${i}\n`);
}
