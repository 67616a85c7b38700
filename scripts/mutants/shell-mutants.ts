import { faultsOf, type Mutant } from './mutants.ts';

const shell = faultsOf('shell');

const formats = shell('shared/kernel/formats.ts', 'tests/renderer/odd-values.test.ts');
const folders = shell('shared/node/files/private-folder.ts', 'tests/features/sync/private-files.test.ts');
const names = shell('electron/main/file-names.ts', 'tests/guards/handed-out-files.test.ts');
const copies = shell('electron/main/opened-copies.ts', 'tests/guards/handed-out-files.test.ts');
const asked = shell('electron/engine/asked-calls.ts', 'tests/features/store/asked-calls.test.ts');
const port = shell('shared/contract/rpc.ts', 'tests/features/store/asked-calls.test.ts');

/** Faults in what the window shows of odd values, and in what the shell lets out. */
export const SHELL_MUTANTS: readonly Mutant[] = [
  formats('a day that is none is formatted', "return typeof day === 'string' && isDay(day);", "return typeof day === 'string';"),
  formats('a range is formatted with one bad end', '!isDayValue(start) || !isDayValue(end)', '!isDayValue(start)'),
  formats('any text is an instant', "typeof iso !== 'string' || !INSTANT.test(iso)", "typeof iso !== 'string'"),
  formats('a list may hold anything', 'format().format(items.map(text))', 'format().format(items)'),
  names('a name is measured in signs', 'room -= Buffer.byteLength(sign);', 'room -= 1;'),
  names('a raised digit makes no device', ".trim().normalize('NFKC')", '.trim()'),
  names('a device is known by its whole name', "stem.split('.')[0]!.trim()", 'stem.trim()'),
  names('a half of a sign stays', '\\p{Cs}', ''),
  copies('a read-only copy stays as it is', 'await chmod(copy, 0o400);', ''),
  copies('copies stay', 'await rm(folder, { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);', ''),
  asked('a no is a yes', "return refused('shell.cancelled');", 'await Promise.resolve();'),
  asked('a question while another is open', "if (asking) return refused('call.busy');", ''),
  asked(
    'arguments are taken again after the question',
    'return dispatcher.dispatch(name, parsed.data, context);',
    'return dispatcher.dispatch(name, args, context);',
  ),
  asked(
    'any address is of the room',
    "'sync.lanPair': ({ address }) => (isPrivateAddress(text(address)) ? null",
    "'sync.lanPair': ({ address }) => (text(address) !== '' ? null",
  ),
  port('one name may fill the port', 'running.size >= MOST_CALLS || before >= MOST_ALIKE', 'running.size >= MOST_CALLS'),
  port('a port holds any number', 'running.size >= MOST_CALLS || before', 'before'),
  port('one name goes first as long as it waits', 'waiting.delete(name);\n    const next', 'const next'),
  folders('files are made as the terminal has it', 'if (isMainThread) process.umask(OTHERS);', ''),
  folders('what is in a folder stays open', 'else if (entry.isFile()) closeToOthers(file);', ''),
  formats('infinity is a number', 'Number.isFinite(value)\n      ? kept(numbers', "typeof value === 'number'\n      ? kept(numbers"),
];
