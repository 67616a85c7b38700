import { faultsOf, type Mutant } from './mutants.ts';

const shell = faultsOf('shell');

const formats = shell('shared/kernel/formats.ts', 'tests/renderer/odd-values.test.ts');
const folders = shell('shared/node/files/private-folder.ts', 'tests/features/private-files.test.ts');

/** Faults in what the window shows of odd values, and in what the shell lets out. */
export const SHELL_MUTANTS: readonly Mutant[] = [
  formats('a day that is none is formatted', "return typeof day === 'string' && isDay(day);", "return typeof day === 'string';"),
  formats('a range is formatted with one bad end', '!isDayValue(start) || !isDayValue(end)', '!isDayValue(start)'),
  formats('any text is an instant', "typeof iso !== 'string' || !INSTANT.test(iso)", "typeof iso !== 'string'"),
  formats('a list may hold anything', 'format.format(items.map(text))', 'format.format(items)'),
  folders('files are made as the terminal has it', 'if (isMainThread) process.umask(OTHERS);', ''),
  folders('what is in a folder stays open', 'else if (entry.isFile()) closeToOthers(file);', ''),
  formats('infinity is a number', 'Number.isFinite(value) ? new', "typeof value === 'number' ? new"),
];
