import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { countryName } from '../../../shared/kernel/countries.ts';
import { fold } from '../../../shared/kernel/text.ts';
import { Dice } from '../../support/dice.ts';
import { featureCalls } from '../../support/laptops/feature-laptop.ts';
import { openLaptop } from '../../support/laptops/laptop.ts';
import { exchange, type Side } from '../activity/random-plans.ts';

/** Somebody as everybody knows them; no two in a list have the same of all this. */
interface Real {
  readonly family: string;
  readonly given: string;
  readonly country: string;
  readonly institution: string;
  readonly email: string;
  readonly code: string;
}

const FAMILIES = ['DIOP', 'TRAORÉ', "N'GUESSAN", 'KONÉ', 'MAÏGA', 'OULD AHMED', 'de SOUZA', 'DOSSOU-YOVO', 'FALL', 'BA'];
const GIVEN = ['Awa', 'Moussa', 'Aïssata', 'Jean-Pierre', 'Fatou', 'Ibrahim', 'Akissi', 'Cheikh', 'Hélène', 'José'];
const COUNTRIES = ['SN', 'ML', 'CI', 'BF', 'BJ', 'MR'];
const INSTITUTIONS = ['Cour d’appel', 'Parquet général', 'École nationale de police', 'Tribunal du commerce', 'Ministère de la justice'];

/** Which columns a variant of the list has beside the names. */
interface Variant {
  readonly columns: readonly ('country' | 'institution' | 'email' | 'code')[];
  readonly whole: boolean;
  readonly numbered: boolean;
  readonly spelling: 'given' | 'capitals' | 'plain';
}

/**
 * One list in two variants (order, running numbers, columns, spelling) on two laptops apart; each takes attendance of its own people, then they exchange. Every mark is
 * then with the name that it was made for; where the two lists say the same of who people are, each is one person; where they do not, whoever is there twice is named as
 * a pair. Prints the seed of what fails.
 */
export async function playLists(count: number, from: number): Promise<void> {
  const laptops = [openLaptop(), openLaptop()] as const;
  try {
    const sides = laptops.map((laptop) => ({ laptop, calls: featureCalls(laptop), sent: 0 })) as [Side, Side];
    for (let seed = from; seed < from + count; seed++) {
      try {
        await onePair(sides, new Dice(seed));
      } catch (error) {
        throw new Error(`SEED=${seed} ITINERA_LISTS=1: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
  } finally {
    for (const laptop of laptops) await laptop.end();
  }
}

async function onePair(sides: readonly [Side, Side], dice: Dice): Promise<void> {
  const people = crowd(dice);
  const { id: activityId } = await sides[0].calls.call('activity.create', {
    title: 'Atelier',
    languages: ['fr'],
    start: '2026-03-02',
    end: '2026-03-02',
  });
  exchange(sides);
  const first = variant(dice);
  const agree = dice.chance(0.5);
  const second = agree ? { ...variant(dice), columns: first.columns } : variant(dice);
  const made: ReadonlyMap<string, Real>[] = [];
  for (const [at, said] of [first, second].entries()) {
    const named = shuffled(people, dice).filter(() => !dice.chance(0.2));
    if (named.length === 0) return;
    made.push(await takeIn(sides[at]!, activityId, at, named, said));
  }
  exchange(sides);
  const [here, there] = await Promise.all(sides.map(({ calls }) => calls.call('people.list', { activityId })));
  expect(here).toEqual(there);
  const names = new Map(here!.map((person) => [person.id, `${person.familyName} ${person.givenName}`]));
  const { marks } = await sides[0].calls.call('attendance.grid', { activityId });
  for (const [at, halfDay] of ['2026-03-02-AM', '2026-03-02-PM'].entries()) {
    const there2 = marks.filter((mark) => mark.halfDay === halfDay);
    expect(there2.map(({ personId }) => personId).sort()).toEqual([...made[at]!.keys()].sort());
    for (const { personId, status } of there2) {
      const real = made[at]!.get(personId)!;
      expect(spelt(names.get(personId) ?? ''), 'the name of a mark').toBe(spelt(`${real.family} ${real.given}`));
      expect(status, spelt(names.get(personId) ?? '')).toBe(statusOf(real));
    }
  }
  // Two lists that say the very same of two people say that they are one.
  const saysSame = (one: Real, other: Real): boolean =>
    namesakes([one], other) === 1 && [first, second].every(({ columns }) => columns.every((column) => one[column] === other[column]));
  const twice = [...made[0]!].filter(([id, real]) => made[1]!.has(id) && made[1]!.get(id) !== real && !saysSame(real, made[1]!.get(id)!));
  expect(twice, 'one id for two people').toEqual([]);
  const doubled = [...made[0]!].filter(([id, real]) => !made[1]!.has(id) && [...made[1]!.values()].includes(real));
  if (agree) expect(doubled, 'two ids for one person').toEqual([]);
  const pairs = new Set((await sides[1].calls.call('people.pairs', { activityId })).flatMap(({ ids }) => ids));
  for (const [id] of doubled) expect(pairs, `${names.get(id)} is there twice`).toContain(id);
  expect((await sides[0].calls.call('people.pairs', { activityId })).length).toBe(
    (await sides[1].calls.call('people.pairs', { activityId })).length,
  );
}

/** Some of them homonyms, from other institutions of other countries. */
function crowd(dice: Dice): Real[] {
  const people: Real[] = [];
  const size = 4 + dice.upTo(12);
  while (people.length < size) {
    const like = people.length > 0 && dice.chance(0.15) ? dice.oneOf(people) : null;
    const [family, given] = like ? [like.family, like.given] : [dice.oneOf(FAMILIES), dice.oneOf(GIVEN)];
    const [country, institution] = [dice.oneOf(COUNTRIES), dice.oneOf(INSTITUTIONS)];
    const namesakes = people.filter((one) => spelt(`${one.family} ${one.given}`) === spelt(`${family} ${given}`));
    if (namesakes.some((one) => one.country === country || one.institution === institution)) continue;
    const number = people.length;
    people.push({ family, given, country, institution, email: `p${number}@example.org`, code: `M-${'ABCDEFGHIJKLMNOP'[number]}${number}` });
  }
  return people;
}

function variant(dice: Dice): Variant {
  const columns = (['country', 'institution', 'email', 'code'] as const).filter(() => dice.chance(0.6));
  return { columns, whole: dice.chance(0.3), numbered: dice.chance(0.5), spelling: dice.oneOf(['given', 'capitals', 'plain'] as const) };
}

/** Imports a variant and marks everybody whom it brought; gives who they are. Rows that the list leaves open are left out. */
async function takeIn(
  { laptop, calls }: Side,
  activityId: string,
  at: number,
  people: readonly Real[],
  said: Variant,
): Promise<ReadonlyMap<string, Real>> {
  const headers = { country: 'Pays', institution: 'Institution', email: 'Courriel', code: 'Code participant' };
  const write = (text: string): string =>
    said.spelling === 'capitals'
      ? fold(text).toUpperCase()
      : said.spelling === 'plain'
        ? text.normalize('NFD').replace(/\p{M}/gu, '').replace(/['’]/g, '´')
        : text;
  const header = [
    ...(said.numbered ? ['N°'] : []),
    ...(said.whole ? ['Nom et prénom'] : ['Nom', 'Prénom']),
    ...said.columns.map((column) => headers[column]),
  ];
  const rows = people.map((one, number) => {
    // In a column of whole names capitals say which is the family name.
    const names = said.whole
      ? [`${write(one.family).toUpperCase()} ${said.spelling === 'capitals' ? one.given : write(one.given)}`]
      : [write(one.family), write(one.given)];
    const cells = said.columns.map((column) =>
      column === 'country' ? countryName(one.country, 'fr') : column === 'institution' ? write(one.institution) : one[column],
    );
    return [...(said.numbered ? [String(number + 1)] : []), ...names, ...cells];
  });
  const file = path.join(laptop.folder, `liste-${at}.csv`);
  writeFileSync(file, [header, ...rows].map((cells) => cells.join(';')).join('\n'));
  const answer = await calls.call('people.import', { activityId, path: file, apply: true, skipRejected: true });
  expect(answer.applied).toBe(true);
  const made = new Map(
    answer.rows.flatMap(({ row, does, personId }) =>
      does === 'new' || does === 'same' || does === 'change' ? [[personId!, people[row - 2]!] as const] : [],
    ),
  );
  // Only homonyms of whom the list says nothing else may be left open.
  for (const { row, does, why } of answer.rows) if (does === 'ask') expect(namesakes(people, people[row - 2]!), why).toBeGreaterThan(1);
  const halfDay = at === 0 ? '2026-03-02-AM' : '2026-03-02-PM';
  for (const status of ['present', 'late', 'absent'] as const) {
    const marks = [...made].filter(([, real]) => statusOf(real) === status).map(([personId]) => ({ personId, status }));
    if (marks.length > 0) await calls.call('attendance.mark', { activityId, halfDay, marks });
  }
  return made;
}

function namesakes(people: readonly Real[], real: Real): number {
  return people.filter((one) => spelt(`${one.family} ${one.given}`) === spelt(`${real.family} ${real.given}`)).length;
}

/** What is marked of a person follows from who they are, so that a mark tells whose it is. */
function statusOf({ email }: Real): 'present' | 'late' | 'absent' {
  return (['present', 'late', 'absent'] as const)[Number(/\d+/.exec(email)![0]) % 3]!;
}

/** Without accents, marks and order. */
function spelt(name: string): string {
  return (fold(name).match(/\p{L}+/gu) ?? []).sort().join(' ');
}

function shuffled<T>(items: readonly T[], dice: Dice): T[] {
  const left = [...items];
  return items.map(() => left.splice(dice.upTo(left.length), 1)[0]!);
}
