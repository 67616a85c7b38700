// What `openTerminal` (terminal.ts) starts once for all terminals of a worker: `itinera batch` on as many data folders as are asked for, one after the other or side by side.
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, Writable } from 'node:stream';
import { runBatch } from '../../../electron/cli/batch.ts';
import { TERMINAL_SHELL } from '../../../electron/cli/terminal-shell.ts';
import { openEngine } from '../../../electron/engine/engine.ts';
import { stateFolder } from '../../../electron/engine/state-folder.ts';
import { alwaysOpen } from '../../../electron/engine/vault/vault.ts';
import { askHere } from '../../../shared/contract/shell-port.ts';
import { writeForOwnerOnly } from '../../../shared/node/files/private-folder.ts';
import type { FromTerminals, ToTerminals } from './terminal.ts';

/** Where words and courses lie: of the project, or of the folder of bundled programs (tests/support/programs.ts). */
const ROOT = process.env['ITINERA_ROOT']!;
const inputs = new Map<number, PassThrough>();

writeForOwnerOnly();
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as ToTerminals;
  if (message.is === 'open') {
    const input = new PassThrough();
    inputs.set(message.terminal, input);
    void serve(message.terminal, message.data, input);
  } else if (message.is === 'line') inputs.get(message.terminal)?.write(`${message.line}\n`);
  else inputs.get(message.terminal)?.end();
}

function tell(terminal: number, said: { readonly answer: string } | { readonly closed: true }): void {
  process.stdout.write(`${JSON.stringify({ terminal, ...said } satisfies FromTerminals)}\n`);
}

/** Answers what comes to a terminal until it is closed; one whose folder does not open is closed at once. */
async function serve(terminal: number, data: string, input: PassThrough): Promise<void> {
  const opened = await openEngine({
    vault: alwaysOpen(data),
    resources: path.join(ROOT, 'resources'),
    locales: path.join(ROOT, 'locales'),
    state: stateFolder() ?? undefined,
    shell: askHere(TERMINAL_SHELL),
  });
  if (opened.ok) {
    const { dispatcher, speak, close } = opened.value;
    // One document a call (electron/cli/standard-output.ts).
    const output = new Writable({
      write(document, _encoding, done) {
        tell(terminal, { answer: String(document) });
        done();
      },
    });
    await runBatch(dispatcher, input, output, { keepGoing: true, signal: new AbortController().signal, speak });
    await close();
  } else process.stderr.write(`${data}: ${opened.refusal.code}\n`);
  inputs.delete(terminal);
  tell(terminal, { closed: true });
}
