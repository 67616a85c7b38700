// The thread in which files of tables are read (read-source.ts): asked by a path or a text, it answers with the source or a refusal.
import { parentPort } from 'node:worker_threads';
import type { SourceQuestion } from './read-source.ts';
import { readSourceFile, sourceOfText } from './read-source-file.ts';
import { READY } from '../threads/limited-thread.ts';

parentPort!.on('message', (question: SourceQuestion) => {
  const reading = 'text' in question ? Promise.resolve(question.text).then(sourceOfText) : readSourceFile(question.path, question.options);
  reading.then(
    (answer) => parentPort!.postMessage({ answer }),
    (error: unknown) => parentPort!.postMessage({ fault: error instanceof Error ? `${error.name}\n${error.stack}` : 'unknown' }),
  );
});
parentPort!.postMessage(READY);
