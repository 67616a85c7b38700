// The thread in which lists from files are read (read-table.ts): asked by a path, it answers with the table or a refusal.
import { parentPort } from 'node:worker_threads';
import { readTableFile } from './read-table-file.ts';

parentPort!.on('message', (path: string) => {
  readTableFile(path).then(
    (answer) => parentPort!.postMessage({ answer }),
    (error: unknown) => parentPort!.postMessage({ fault: error instanceof Error ? `${error.name}\n${error.stack}` : 'unknown' }),
  );
});
