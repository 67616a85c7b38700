// The process in which papers are set (typesetter.ts): asked for one, it answers with the bytes of a PDF or a refusal.
import { READY } from '../threads/limited-thread.ts';
import { openPress, type Press } from './press.ts';
import type { TypesettingQuestion } from './typesetter.ts';

let press: Press | null = null;

function answer({ folder, ...paper }: TypesettingQuestion): unknown {
  try {
    press = press?.folder === folder ? press : openPress(folder);
    return { answer: press.set(paper) };
  } catch (error) {
    return { fault: error instanceof Error ? `${error.name}\n${error.stack}` : String(error) };
  }
}

/** Who asks: the engine of the app, whose port its shell hands over; or the program that started this one. Without them nothing is to be set. */
const shell = process.parentPort as Electron.ParentPort | undefined;
if (shell)
  shell.once('message', ({ ports: [engine] }) => {
    engine!.on('message', ({ data }) => engine!.postMessage(answer(data as TypesettingQuestion)));
    engine!.on('close', () => process.exit());
    engine!.start();
    engine!.postMessage(READY);
  });
else {
  process.on('message', (question: TypesettingQuestion) => process.send!(answer(question)));
  process.on('disconnect', () => process.exit());
  process.send!(READY);
}
