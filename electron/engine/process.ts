// The engine as a process of its own: what the shell starts, on a data folder that asks for no key.
import { writeForOwnerOnly } from '../../shared/node/files/private-folder.ts';
import { runEngineProcess } from './engine-process.ts';
import { alwaysOpen } from './vault/vault.ts';

writeForOwnerOnly();
runEngineProcess(process.parentPort, alwaysOpen, () => process.exit(0));

// A terminal's Ctrl+C reaches every process; the shell decides when this one closes, and it cannot outlive the shell.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

// A bug ends the process, and the shell starts another. What is said of it holds no text of a person: the message may.
process.on('uncaughtException', (error) => {
  console.error(
    `engine: ${error.name}\n${(error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n')}`,
  );
  process.exit(1);
});
