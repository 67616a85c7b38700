import { faultsOf, type Mutant } from './mutants.ts';

const VAULT = 'tests/features/store/vault.test.ts';
const PORT = 'tests/features/store/shell-port.test.ts';

const inFile = faultsOf('vault');
const locked = inFile('electron/engine/vault/locked-calls.ts', VAULT);
const engine = inFile('electron/engine/engine.ts', VAULT);
const running = inFile('electron/engine/engine-process.ts', VAULT);
const port = inFile('shared/contract/shell-port.ts', PORT);
const terminal = inFile('electron/cli/terminal-shell.ts', PORT);
const vault = inFile('electron/engine/vault/vault.ts', VAULT);

/** The promises of a locked vault, and the port to the shell, broken on purpose. */
export const VAULT_MUTANTS: readonly Mutant[] = [
  locked('locked does not mean refused', ': refuse(VAULT_LOCKED)', ': ok({})'),
  locked('what needs no store is refused as well', 'contract[name]!.whileLocked ?', 'contract[name]!.job ?'),
  engine('a locked vault is opened at once', 'if (vault.opened) {', "if (vault.opened || vault.folder !== '') {"),
  engine('the store is opened after the end', '    if (closing) return ok(null);\n', ''),
  engine('locked is said to be opened', "(session ? 'opened' : 'locked')", "(vault.folder !== '' ? 'opened' : 'locked')"),
  running(
    'the user is asked about what is refused',
    "(state() === 'locked' ? dispatcher : asking)",
    '(dispatcher === asking ? dispatcher : asking)',
  ),
  running('a window hears nothing of the opening', "done.ok && send({ type: 'vault', state: 'opened' })", 'done.ok'),
  vault(
    'what was sealed for anybody is opened by any key',
    'recipients.find(({ replica }) => replica === replicaIdOf(publicKey, nodeHasher))',
    'recipients.at(1)',
  ),
  port('arguments of the shell are not looked at', "if (!parsed.success) return { ok: false, code: 'shell.failed' };\n  try {", 'try {'),
  port('an answer of any shape is taken', 'resolve(parsed.success ? ok', 'resolve(answer.ok ? ok'),
  port('a time that is over is told as a bug', "resolve(refuse('shell.noAnswer'))", "resolve(refuse('shell.failed'))"),
  port('an answer is given to whoever waits', 'waiting.get(parsed.data.id)?.(parsed.data)', '[...waiting.values()][0]?.(parsed.data)'),
  port(
    'a service that throws ends the asking',
    "  } catch {\n    return { ok: false, code: 'shell.failed' };",
    '  } catch (error) {\n    throw error;',
  ),
  terminal('a terminal says no', 'value: true', 'value: false'),
];
