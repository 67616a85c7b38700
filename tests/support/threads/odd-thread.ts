// A thread for tests of what a thread may cost (LimitedThread): it answers, goes on for ever, or fills its memory, as it is asked.
import { parentPort } from 'node:worker_threads';
import { READY } from '../../../shared/node/threads/limited-thread.ts';

parentPort!.on('message', (what: 'answer' | 'loop' | 'fill' | 'throw' | 'leave') => {
  if (what === 'loop') for (;;);
  const kept: unknown[] = [];
  if (what === 'fill') for (;;) kept.push(Array.from({ length: 1_000 }, (_, i) => ({ i })));
  if (what === 'leave') process.exit(0);
  parentPort!.postMessage(what === 'throw' ? { fault: 'thrown inside' } : { answer: what });
});
parentPort!.postMessage(READY);
