// `itinera --data FOLDER CALL ['JSON' | -]`: the desktop's calls from a terminal, on a data folder that asks for no key.
import path from 'node:path';
import { runTerminal } from './cli/terminal.ts';
import { alwaysOpen } from './engine/vault/vault.ts';

await runTerminal(process.argv.slice(2), { root: path.resolve(import.meta.dirname, '..'), vaultOf: alwaysOpen });
