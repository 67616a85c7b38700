// Runs one call on a laptop's folder and dies (SIGKILL) where it is told to: argv is folder, `sync.export` or `sync.import`, the stick's file, and the
// moment: a label of the progress, or `transaction`, in the middle of the one that applies the records.
import type { CallContext, Progress } from '../../shared/contract/rpc.ts';
import { openLaptop } from '../support/laptops/laptop.ts';
import { tryExport, tryImport } from '../support/laptops/usb.ts';

const [folder, name, file, moment] = process.argv.slice(2) as [string, string, string, string];
const laptop = openLaptop({ folder });
const die = (): number => {
  process.kill(process.pid, 'SIGKILL');
  return 0;
};
if (moment === 'transaction') {
  const { db } = laptop.store;
  db.function('die', die);
  db.exec('create temp trigger t after insert on main.change_set when new.seq = 100 begin select die(); end');
}
const call: CallContext = {
  caller: { door: 'terminal' },
  signal: new AbortController().signal,
  progress: ({ label, done }: Progress) => {
    if (label === moment && done > 0) die();
  },
};
const answer = name === 'sync.export' ? await tryExport(laptop, file, {}, call) : await tryImport(laptop, file, call);
console.log(JSON.stringify(answer));
