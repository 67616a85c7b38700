import path from 'node:path';

/** The request of a command line; `usage`: nothing that can be done, and the key of the sentence that says why. */
export type Command =
  | { readonly kind: 'help'; readonly call: string | undefined }
  | { readonly kind: 'call'; readonly data: string; readonly call: string; readonly args: string | undefined }
  | { readonly kind: 'batch'; readonly data: string; readonly keepGoing: boolean }
  | { readonly kind: 'usage'; readonly key: string; readonly values: Readonly<Record<string, string>> };

/** Reads the arguments of `itinera` (without node and script). Paths are the caller's. */
export function parseCommand(argv: readonly string[]): Command {
  const words: string[] = [];
  let data: string | undefined;
  let keepGoing = false;
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === '--data') data = argv[++i];
    else if (word.startsWith('--data=')) data = word.slice('--data='.length);
    else if (word === '--continue') keepGoing = true;
    else if (word === '--help' || word === '-h') words.unshift('help');
    else if (word.startsWith('-') && word !== '-') return usage('option', { option: word });
    else words.push(word);
  }
  const [first, second, ...others] = words;
  if (first === 'help') return others.length > 0 ? usage('tooMany') : { kind: 'help', call: second };
  if (first === undefined) return usage('noCall');
  if (data === undefined || data === '') return usage('noData');
  const folder = path.resolve(data);
  if (first === 'batch') return second === undefined ? { kind: 'batch', data: folder, keepGoing } : usage('tooMany');
  if (keepGoing) return usage('option', { option: '--continue' });
  return others.length > 0 ? usage('tooMany') : { kind: 'call', data: folder, call: first, args: second };
}

function usage(key: string, values: Readonly<Record<string, string>> = {}): Command {
  return { kind: 'usage', key, values };
}
