// A thread for tests whose program takes its time to load and answers at once then.
import { parentPort } from 'node:worker_threads';
import { READY } from '../../../shared/node/threads/limited-thread.ts';

for (const end = Date.now() + 1_500; Date.now() < end;);
parentPort!.on('message', (what: string) => parentPort!.postMessage({ answer: what }));
parentPort!.postMessage(READY);
