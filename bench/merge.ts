// Merges courses of 25 sessions that two sides edited three times each: how many merge by themselves, by lines and with words, and in what time; then hostile pairs of 20,000 words.
// Limits: 93 % by lines, 97 % with words, 50 ms for 25 sessions, 1 s for a hostile pair (docs/benchmarks.md). SEED (1) and RUNS (2000) choose others.
import { draftOfMerge, linesIn, matches, mergeText } from '../shared/features/course/merge-text.ts';
import { differenceOf } from '../shared/features/course/text-difference.ts';
import { Dice } from '../tests/support/dice.ts';

const RUNS = Number(process.env['RUNS'] ?? 2_000);
const SESSIONS = 25;
/** Lines of a session in its texts, and words of a line. */
const LINES = 17;
const WORDS = 12;
const EDITS = 3;
const LANGUAGES = 4;
const HOSTILE = 20_000;

const dice = new Dice(Number(process.env['SEED'] ?? 1));
let missed = false;
let fresh = 0;

const vocabulary = Array.from({ length: 900 }, (_, at) => `${['pre', 'con', 'dis', 're'][at % 4]}${at.toString(36)}`);
const word = (): string => dice.oneOf(vocabulary);
const line = (): string => `${Array.from({ length: WORDS }, word).join(' ')}.\n`;
const session = (): string[] => Array.from({ length: LINES }, line);

let [byLines, withWords] = [0, 0];
const times: number[] = [];
for (let run = 0; run < RUNS; run++) {
  const base = Array.from({ length: SESSIONS }, session);
  const [mine, theirs] = [edited(base), edited(base)];
  if (base.every((one, at) => isCleanByLines(one, mine[at]!, theirs[at]!))) byLines++;
  const texts = base.map((one, at) => [one, mine[at]!, theirs[at]!].map((lines) => lines.join('')) as [string, string, string]);
  if (texts.every((three) => mergeText(...three).clean)) withWords++;
  if (run % 20 !== 0) continue;
  // Every text of a course in four languages changed on both sides.
  const all = base.map((one) => [one, edited([one])[0]!, edited([one])[0]!].map((lines) => lines.join('')) as [string, string, string]);
  const at = performance.now();
  for (let language = 0; language < LANGUAGES; language++) for (const three of all) mergeText(...three);
  times.push(performance.now() - at);
}
const percent = (count: number): number => Math.round((1000 * count) / RUNS) / 10;
say('clean by lines', `${percent(byLines)} % of ${RUNS}`, percent(byLines) >= 93);
say('clean with words', `${percent(withWords)} %`, percent(withWords) >= 97);
const sorted = times.toSorted((a, b) => a - b);
const [median, worst] = [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
say('25 sessions in four languages, each changed on both sides', `${median.toFixed(1)} ms, at most ${worst.toFixed(1)} ms`, median <= 50);

for (const [name, [base, mine, theirs]] of Object.entries(hostilePairs())) {
  const took = [() => mergeText(base, mine, theirs), () => draftOfMerge(base, mine, theirs), () => differenceOf(mine, theirs)].map(
    (work) => {
      const at = performance.now();
      work();
      return performance.now() - at;
    },
  );
  const outcome = mergeText(base, mine, theirs);
  const says = outcome.clean ? 'merged' : outcome.places === null ? 'not compared' : `${outcome.places} places`;
  const [merge, draft, shown] = took.map((one) => one.toFixed(0));
  say(`hostile: ${name}`, `${says}; merged in ${merge} ms, begun in ${draft} ms, shown in ${shown} ms`, Math.max(...took) <= 1_000);
}
process.exitCode = missed ? 1 : 0;

/** A course that somebody changed in three places: a word, a line written anew, a line more or less. */
function edited(sessions: readonly (readonly string[])[]): string[][] {
  const own = sessions.map((lines) => [...lines]);
  for (let edit = 0; edit < EDITS; edit++) {
    const lines = dice.oneOf(own);
    const at = dice.upTo(lines.length);
    const kind = dice.upTo(10);
    if (kind === 0 && lines.length > 1) lines.splice(at, 1);
    else if (kind === 1) lines.splice(at, 0, line());
    else if (kind === 2) lines[at] = line();
    else {
      const words = lines[at]!.split(' ');
      words[dice.upTo(words.length - 1)] = `new${fresh++}`;
      lines[at] = words.join(' ');
    }
  }
  return own;
}

/** Whether no stretch between lines that stand in all three differs on both sides. */
function isCleanByLines(base: readonly string[], mine: readonly string[], theirs: readonly string[]): boolean {
  const [inMine, inTheirs] = [matches(base, mine)!, matches(base, theirs)!];
  let [o, a, b] = [0, 0, 0];
  const isOneSided = (toO: number, toA: number, toB: number): boolean => {
    const [was, own, other] = [base.slice(o, toO), mine.slice(a, toA), theirs.slice(b, toB)].map((lines) => lines.join(''));
    return own === was || other === was || own === other;
  };
  for (let at = 0; at < base.length; at++) {
    const [toA, toB] = [inMine[at]!, inTheirs[at]!];
    if (toA < 0 || toB < 0) continue;
    if (!isOneSided(at, toA, toB)) return false;
    [o, a, b] = [at + 1, toA + 1, toB + 1];
  }
  return isOneSided(base.length, mine.length, theirs.length);
}

/** Pairs that a comparison has most to do with. */
function hostilePairs(): Record<string, [string, string, string]> {
  const text = (of: () => string, between: string): string => Array.from({ length: HOSTILE }, of).join(between);
  const few = (count: number) => () => `x${dice.upTo(count)}`;
  const three = (of: () => string, between: string): [string, string, string] => [text(of, between), text(of, between), text(of, between)];
  const own = text(word, ' ');
  const everyTenth = (side: string): string =>
    linesIn(own.replaceAll(' ', '\n'))
      .map((one, at) => (at % 10 === 0 ? `${side}${at}\n` : one))
      .join('');
  return {
    'two words in any order, in one line': three(few(2), ' '),
    'two lines in any order': three(few(2), '\n'),
    'fifty words in any order': three(few(50), ' '),
    'a thousand lines of words in any order': three(() => (dice.chance(0.05) ? `${word()}\n` : word()), ' '),
    'one word again and again': [text(() => 'x', ' '), text(() => 'x', ' ').slice(0, 15_000), `y ${text(() => 'x', ' ')}`],
    'nothing alike': three(() => `u${fresh++}`, ' '),
    'every tenth line on both sides': [own.replaceAll(' ', '\n'), everyTenth('m'), everyTenth('t')],
    backwards: [own, own.split(' ').toReversed().join(' '), own.split(' ').toSorted().join(' ')],
  };
}

function say(what: string, figure: string, holds: boolean): void {
  if (!holds) missed = true;
  process.stdout.write(`${holds ? 'ok  ' : 'OVER'} ${what}: ${figure}\n`);
}
