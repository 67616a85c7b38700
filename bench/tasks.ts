// Keys and clicks that the tasks of a training day take in the real window, each played and then looked up in the store. Run by `npm run bench:tasks`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { finder, firstMeant, searchText, type Person } from '../renderer/desktop/features/people/find-people.ts';
import { atTerminal, type Terminal } from '../tests/e2e/support/terminal.ts';
import { openAs, type Trainer } from '../tests/e2e/support/trainer.ts';
import { makeWorkshopA, PLAN } from '../tests/e2e/support/workshop-a.ts';

const [ALL_PRESENT, WITH_EXCEPTIONS, ONE_BY_ONE, ANOTHER, WALK_IN] = ['12-AM', '12-PM', '13-AM', '13-PM', '14-AM'].map(
  (half) => `2021-07-${half}`,
) as [string, string, string, string, string];
/** Rows from 0, and what those people are; the others are present. */
const EXCEPTIONS = [
  { row: 3, letter: 'r', status: 'late' },
  { row: 8, letter: 'a', status: 'absent' },
  { row: 18, letter: 'e', status: 'excused' },
] as const;
const NAME = 'DIALLO Fatoumata';
const ANSWERS = 'abcdabcdabcd';
const SHEET_OF = { row: 17, test: 'pre' } as const;

/** Somebody's hands: what they press and click is counted, but for a name, which takes as many keys as it has letters. */
class Hands {
  readonly #trainer: Trainer;
  keys = 0;
  clicks = 0;

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#trainer.page.keyboard.press(key);
    this.keys += keys.length;
  }

  async click(what: Locator): Promise<void> {
    await what.click();
    this.clicks += 1;
  }

  async typeName(name: string): Promise<void> {
    await this.#trainer.page.keyboard.type(name);
  }
}

interface Task {
  readonly name: string;
  /** Most keys, and most clicks. */
  readonly limit: readonly [keys: number, clicks: number];
  play(hands: Hands): Promise<void>;
  /** What is wrong in the store afterwards; '' for nothing. */
  check(terminal: Terminal): Promise<string>;
}

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-bench-'));
const data = path.join(folder, 'data');
let activityId = '';
let people: Person[] = [];
try {
  const trainer = await openAs({
    data,
    language: 'fr',
    name: 'Bench',
    async before(terminal) {
      activityId = await makeWorkshopA(terminal, ['people']);
      people = await terminal.call<Person[]>('people.list', { activityId });
    },
  });
  const tasks = tasksAt(trainer);
  await trainer.openWorkshop(PLAN.title);
  const played: { readonly task: Task; readonly hands: Hands }[] = [];
  for (const task of tasks) {
    const hands = new Hands(trainer);
    await task.play(hands);
    played.push({ task, hands });
  }
  await trainer.page.waitForTimeout(500);
  await trainer.close();
  await atTerminal(data, async (terminal) => {
    for (const { task, hands } of played) {
      const wrong = await task.check(terminal);
      const [keys, clicks] = task.limit;
      const isOver = hands.keys > keys || hands.clicks > clicks;
      process.stdout.write(
        `${task.name.padEnd(58)} ${hands.keys} keys (at most ${keys}), ${hands.clicks} clicks (at most ${clicks})${isOver ? ': missed' : ''}${wrong && `: ${wrong}`}\n`,
      );
      if (isOver || wrong !== '') process.exitCode = 1;
    }
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function tasksAt(trainer: Trainer): Task[] {
  const { page, t } = trainer;
  const grid = page.getByRole('grid');
  const saved = () => page.getByText(t('app:save.saved')).waitFor();
  return [
    {
      name: '25 people, all present, from the tab',
      limit: [1, 1],
      async play(hands) {
        await hands.click(page.getByRole('tab', { name: t('activity:tab.attendance'), exact: true }));
        await grid.waitFor();
        await hands.press('m');
        await saved();
      },
      check: (terminal) => differs(terminal, ALL_PRESENT, () => 'present'),
    },
    {
      name: 'another half-day',
      limit: [1, 0],
      async play(hands) {
        await hands.press('Control+ArrowRight');
        await headOf(trainer, 3).waitFor();
      },
      check: async () => '',
    },
    {
      name: '25 people, three exceptions (4th, 9th and 19th of the list)',
      limit: [15, 0],
      async play(hands) {
        await hands.press('m');
        await page.locator('[role="gridcell"][tabindex="0"]').focus();
        const [first, second, third] = EXCEPTIONS;
        await hands.press(...down(first.row), first.letter);
        await hands.press(...down(second.row - first.row - 1), second.letter);
        await hands.press('/', ...shortestFor(third.row), 'Enter', third.letter);
        await saved();
        // Everybody is shown again for the next task.
        await page.keyboard.press('Escape');
      },
      check: (terminal) => differs(terminal, WITH_EXCEPTIONS, (row) => EXCEPTIONS.find((one) => one.row === row)?.status ?? 'present'),
    },
    {
      name: '25 people one by one, each by a letter',
      limit: [26, 0],
      async play(hands) {
        await hands.press('Control+ArrowRight');
        await headOf(trainer, 4).waitFor();
        await page.locator('[role="gridcell"][tabindex="0"]').focus();
        await page.keyboard.press('Control+Home');
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('ArrowRight');
        await hands.press(...people.map((_, row) => (row % 5 === 4 ? 'r' : 'p')));
        await saved();
      },
      check: (terminal) => differs(terminal, ONE_BY_ONE, (row) => (row % 5 === 4 ? 'late' : 'present')),
    },
    {
      name: 'the whole half-day selected and marked',
      limit: [3, 0],
      async play(hands) {
        await hands.press('Control+ArrowRight');
        await headOf(trainer, 5).waitFor();
        await hands.press('Control+a', 'x');
        await saved();
      },
      check: (terminal) => differs(terminal, ANOTHER, () => 'remote'),
    },
    {
      name: 'a walk-in, present, beside the name',
      limit: [12, 0],
      async play(hands) {
        await page.keyboard.press('Control+ArrowRight');
        await headOf(trainer, 6).waitFor();
        await hands.press('+');
        await page.getByRole('dialog').getByLabel(t('attendance:walkIn.name')).waitFor();
        await hands.typeName(NAME);
        await hands.press('Enter');
        await page.getByRole('dialog').getByRole('status').filter({ hasText: 'DIALLO' }).waitFor();
        await hands.press('Escape');
      },
      async check(terminal) {
        const now = await terminal.call<Person[]>('people.list', { activityId });
        const added = now.find(({ familyName, givenName }) => `${familyName} ${givenName}` === NAME);
        if (!added) return 'nobody was added';
        return (await statusesOf(terminal, WALK_IN)).get(added.id) === 'present' ? '' : 'not marked';
      },
    },
    {
      name: 'a sheet of 12 answers, the next in the list',
      limit: [13, 1],
      async play(hands) {
        await trainer.openTab('evaluation');
        await hands.click(stripOf(trainer).getByRole('button').first());
        await hands.press(...ANSWERS, 'Enter');
        await page.getByTestId('kept-notice').filter({ hasText: people[0]!.familyName }).waitFor();
      },
      check: (terminal) => sheetDiffers(terminal, people[0]!),
    },
    {
      name: 'a sheet of 12 answers, of anybody, beside the name',
      limit: [15, 2],
      async play(hands) {
        const person = people[SHEET_OF.row]!;
        await hands.click(page.getByRole('combobox', { name: t('evaluation:enter.person') }));
        await page.getByRole('combobox', { name: t('evaluation:enter.person') }).fill('');
        await hands.typeName(`${person.familyName} ${person.givenName}`);
        await hands.press('ArrowDown', 'Enter');
        await hands.click(stripOf(trainer).getByRole('button').first());
        await hands.press(...ANSWERS, 'Enter');
        await page.getByTestId('kept-notice').filter({ hasText: person.familyName }).waitFor();
      },
      check: (terminal) => sheetDiffers(terminal, people[SHEET_OF.row]!),
    },
  ];
}

function down(rows: number): string[] {
  return Array.from({ length: rows }, () => 'ArrowDown');
}

/** The fewest letters of somebody's name that find them first. */
function shortestFor(row: number): string[] {
  const texts = people.map((person) => searchText(person, 'fr'));
  const name = people[row]!.familyName.toLowerCase();
  for (let count = 1; count < name.length; count++) {
    const typed = name.slice(0, count);
    const isFound = finder(typed);
    if (
      firstMeant(
        people.filter((_, at) => isFound(texts[at]!)),
        typed,
      ) === people[row]
    )
      return [...typed];
  }
  throw new Error(`nothing finds row ${row + 1} first`);
}

function headOf({ page }: Trainer, column: number): Locator {
  return page.locator(`[role="columnheader"][data-open][aria-colindex="${column}"]`);
}

function stripOf({ page, t }: Trainer): Locator {
  return page.getByRole('group', { name: t('evaluation:strip.label') });
}

async function statusesOf(terminal: Terminal, halfDay: string): Promise<Map<string, string>> {
  const { marks } = await terminal.call<{ marks: { personId: string; halfDay: string; status: string }[] }>('attendance.grid', {
    activityId,
  });
  return new Map(marks.flatMap((mark) => (mark.halfDay === halfDay ? [[mark.personId, mark.status] as const] : [])));
}

/** Who has another status than they should, by row; '' for nobody. */
async function differs(terminal: Terminal, halfDay: string, wanted: (row: number) => string): Promise<string> {
  const statuses = await statusesOf(terminal, halfDay);
  const wrong = people.flatMap(({ id }, row) => (statuses.get(id) === wanted(row) ? [] : [`row ${row + 1} ${statuses.get(id)}`]));
  return wrong.join(', ');
}

async function sheetDiffers(terminal: Terminal, person: Person): Promise<string> {
  const { sheets } = await terminal.call<{ sheets: { personId: string; wave: string; answers: Record<string, string> }[] }>(
    'evaluation.sheets',
    { activityId, formId: 'intro-prepost-v1' },
  );
  const sheet = sheets.find((one) => one.personId === person.id && one.wave === SHEET_OF.test);
  const kept = Array.from(ANSWERS, (_, item) => sheet?.answers[`Q${item + 1}`] ?? '-').join('');
  return kept === ANSWERS ? '' : `the sheet says ${kept}`;
}
