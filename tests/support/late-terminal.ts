// The command line on a vault that nobody opens.
import path from 'node:path';
import { runTerminal } from '../../electron/cli/terminal.ts';
import { lateVault } from './late-vault.ts';

await runTerminal(process.argv.slice(2), {
  root: path.resolve(import.meta.dirname, '../..'),
  vaultOf: (folder) => lateVault(folder).vault,
});
