import type { Page } from '@playwright/test';
import type { OpenWindow } from '../../support/window.ts';
import { lettersOf } from '../../../shared/features/attendance/letters.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { MARKS } from '../../../shared/model/vocabularies.ts';
import { seeded } from '../../support/seeded.ts';
import { watchOf, type Target, type Where } from './walk-watch.ts';
import { wordsOf } from './words.ts';

/** One key, one text or one click. */
type Step = { readonly press: string } | { readonly type: string } | { readonly click: Target };
/** Steps that follow each other, as somebody takes them who is after something. */
type Way = readonly Step[];
type Weighted<T> = readonly (readonly [weight: number, of: T])[];

const press = (key: string): Step => ({ press: key });
const type = (text: string): Step => ({ type: text });
const click = (what: Target['what'], more: Omit<Target, 'what'> = {}): Step => ({ click: { what, ...more } });
/** A control by its words, whichever language the window speaks by now. */
const clickWords = (key: string, more: Omit<Target, 'what' | 'words'> = {}): Step =>
  click('control', { words: LANGUAGES.map((language) => wordsOf(language)(key)), ...more });

const TEXTS = [
  'ndiaye',
  'dio',
  'Moussa',
  'koné',
  'evora',
  'rako',
  'z',
  'qqzz',
  'dakar',
  'Awa NDIAYE',
  'SARR Binta',
  '2',
  'a',
  "N'DIAYE",
  'prés',
  'atelier',
  'Tribunal de Thiès',
];
const NAMES = ['SARR', 'DIOP', 'RAKOTOMANANTSOA RAZAFINDRATSIMBAZAFY', 'da Silva', 'N’Diaye', 'Binta'];
const LETTERS = MARKS.map((mark) => lettersOf('fr')[mark].toLowerCase());
const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

const one = <T>(random: () => number, of: readonly T[]): T => of[Math.floor(random() * of.length)]!;

const tab = (name: string): Step => clickWords(`activity:tab.${name}`, { in: '#work [role="tablist"]' });
const row = click('row');

/** A walk begins where there is most to do. */
const OPENING: Way = [press('Control+k'), type('dakar'), press('Enter')];

/** What somebody does wherever they are. */
const ANYWHERE: Weighted<(random: () => number) => Way> = [
  [10, () => [click('control')]],
  [3, () => [click('field')]],
  [3, () => [click('option')]],
  [4, () => [press('Tab')]],
  [2, () => [press('Shift+Tab')]],
  [5, () => [press('Escape')]],
  [3, () => [press('Enter')]],
  [1, () => [press('Space')]],
  [3, (random) => [press(one(random, ARROWS))]],
  [1, (random) => [press(one(random, ['Home', 'End', 'PageDown', 'PageUp', 'Delete', 'Backspace']))]],
  [3, () => [press('Control+z')]],
  [1, (random) => [press(`Alt+${1 + Math.floor(random() * 5)}`)]],
  [2, () => [press('Alt+ArrowLeft')]],
  [1, () => [press('Alt+ArrowRight')]],
  [1, () => [press('?')]],
  [1, () => [press('/')]],
  [3, (random) => [tab(one(random, ['agenda', 'people', 'attendance', 'attendance', 'evaluation', 'report', 'certificates', 'papers']))]],
  [1, (random) => [clickWords(`app:place.${one(random, ['today', 'workshops', 'library', 'sync', 'settings'])}`, { in: 'nav' })]],
];

/** Whole errands. */
const ERRANDS: Weighted<(random: () => number) => Way> = [
  // To a workshop.
  [4, (random) => [press('Control+k'), type(one(random, ['dakar', 'abidjan'])), press('Enter')]],
  [2, (random) => [press('Control+k'), type(one(random, TEXTS)), press('ArrowDown'), press('Enter')]],
  [1, (random) => [press('Control+k'), type(one(random, TEXTS)), press('Escape')]],
  // The sheet of attendance.
  [3, () => [tab('attendance'), click('cell')]],
  [2, (random) => [tab('attendance'), press('/'), type(one(random, TEXTS)), press('Enter'), press(one(random, LETTERS))]],
  [2, (random) => [tab('attendance'), press('/'), type(one(random, TEXTS)), press('ArrowDown'), press('Enter'), press('Escape')]],
  [
    2,
    (random) => [
      tab('attendance'),
      click('cell'),
      press('+'),
      type(`${one(random, NAMES)} ${one(random, NAMES)}`),
      press('Enter'),
      press('Escape'),
    ],
  ],
  [1, () => [tab('attendance'), clickWords('attendance:bar.undo')]],
  // The list of people.
  [
    2,
    (random) => [
      tab('people'),
      clickWords('people:addPerson'),
      type(one(random, NAMES)),
      press('Tab'),
      type(one(random, NAMES)),
      press('Enter'),
    ],
  ],
  [2, () => [tab('people'), row, clickWords('people:panel.remove')]],
  [2, () => [tab('people'), row, clickWords('people:panel.remove'), press('Control+z')]],
  [
    2,
    (random) => [
      tab('people'),
      row,
      click('field'),
      type(one(random, NAMES)),
      press(one(random, ['Tab', 'Enter', 'Escape'])),
      press('Escape'),
    ],
  ],
  [1, (random) => [tab('people'), press('/'), type(one(random, TEXTS)), press('Enter'), press('Enter'), press('Escape')]],
  [
    1,
    (random) => [
      tab('people'),
      row,
      clickWords(one(random, ['people:panel.history', 'people:erase.button', 'people:history.elsewhere'])),
      press('Escape'),
    ],
  ],
  // The workshop itself.
  [
    2,
    (random) => [
      clickWords('activity:more'),
      clickWords('activity:details.open'),
      click('field'),
      type(one(random, TEXTS)),
      press(one(random, ['Enter', 'Escape'])),
    ],
  ],
  [1, () => [clickWords('activity:more'), clickWords('activity:dates.open'), press('Escape')]],
  [1, () => [clickWords('activity:more'), click('option')]],
  [1, (random) => [tab('agenda'), click('control', { in: '#work [role="tabpanel"]' }), type(one(random, TEXTS)), press('Enter')]],
  // Sheets of a test.
  [
    3,
    (random) => [
      tab('evaluation'),
      clickWords('evaluation:view.enter'),
      click('control', { in: '#work [role="group"]' }),
      ...answers(random),
      press('Enter'),
      press('Enter'),
    ],
  ],
  [
    2,
    (random) => [
      tab('evaluation'),
      click('control', { in: '#work nav' }),
      clickWords('evaluation:view.enter'),
      ...answers(random),
      press('Control+Enter'),
    ],
  ],
  [1, () => [tab('evaluation'), clickWords('evaluation:enter.takeBack')]],
];

/** What the keyboard is mostly used for where it is. */
const HERE: Readonly<Record<Where, Weighted<(random: () => number) => Way>>> = {
  grid: [
    [14, (random) => [press(one(random, LETTERS))]],
    [6, (random) => [press(one(random, ARROWS))]],
    [5, () => [press('Enter')]],
    [5, (random) => [press(`Shift+${one(random, ARROWS)}`)]],
    [2, () => [press('Control+a')]],
    [2, () => [press('m')]],
    [4, () => [press('Control+z')]],
    [4, (random) => [press(`Control+${one(random, ARROWS)}`)]],
    [2, () => [press('Delete')]],
    [2, () => [press('Space')]],
    [6, () => [click('cell')]],
  ],
  text: [
    [10, (random) => [type(one(random, TEXTS))]],
    [4, () => [press('Enter')]],
    [3, () => [press('Tab')]],
    [3, () => [press('ArrowDown')]],
    [2, () => [press('Control+a')]],
    [1, () => [press('Backspace')]],
  ],
  dialog: [
    [8, () => [click('control')]],
    [4, () => [press('Escape')]],
    [3, () => [click('field')]],
  ],
  page: [
    [8, () => [click('control', { in: '#work' })]],
    [3, () => [click('cell')]],
    [3, () => [row]],
  ],
};

function answers(random: () => number): Step[] {
  return Array.from({ length: 1 + Math.floor(random() * 12) }, () => press(one(random, ['a', 'b', 'c', 'd', '1', '4'])));
}

function drawn<T>(random: () => number, of: Weighted<T>): T {
  let left = random() * of.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, choice] of of) {
    left -= weight;
    if (left < 0) return choice;
  }
  return of.at(-1)![1];
}

function nextWay(random: () => number, where: Where): Way {
  const share = random();
  if (share < 0.45) return drawn(random, HERE[where])(random);
  if (share < 0.7) return drawn(random, ANYWHERE)(random);
  return drawn(random, ERRANDS)(random);
}

/** From now on no program of this machine is opened, no dialog chooses anything, and nothing leads out of the window. */
export async function shutWaysOut(opened: Pick<OpenWindow, 'app' | 'answerDialogs'>): Promise<void> {
  await opened.app.evaluate(({ shell }) => {
    shell.openPath = () => Promise.resolve('');
    shell.openExternal = () => Promise.resolve();
  });
  await opened.answerDialogs();
}

export interface Walked {
  /** What was wrong after the last of the steps; empty: nothing. */
  readonly faults: readonly string[];
  /** In words, in order. */
  readonly steps: readonly string[];
}

/** Walks so many steps from a seed, and stops at the first fault. The store is asked after every `asks` steps, and after the last. */
export async function walk(
  page: Page,
  { seed, steps, asks }: { readonly seed: number; readonly steps: number; readonly asks: number },
): Promise<Walked> {
  const random = seeded(seed);
  const watch = watchOf(page);
  const thrown: string[] = [];
  const note = (error: Error) => void thrown.push(`thrown: ${error.message}`);
  page.on('pageerror', note);
  const done: string[] = [];
  let way: Way = OPENING;
  try {
    while (done.length < steps) {
      for (const step of way) {
        const said = await play(page, step, random());
        // What is not there is not clicked, and nobody goes on with an errand that it was for.
        if (said === null) break;
        done.push(said);
        const faults = [...(await watch.faults(done.length % asks === 0 || done.length === steps)), ...thrown];
        if (faults.length > 0) return { faults, steps: done };
        if (done.length === steps) break;
      }
      way = nextWay(random, await watch.where());
    }
    return { faults: [], steps: done };
  } finally {
    page.off('pageerror', note);
  }
}

/** Does it, and says in words what was done; null where there is nothing to click. */
async function play(page: Page, step: Step, at: number): Promise<string | null> {
  if ('press' in step) {
    await page.keyboard.press(step.press);
    return step.press;
  }
  if ('type' in step) {
    await page.keyboard.type(step.type);
    return `"${step.type}"`;
  }
  const spot = await watchOf(page).spot(step.click, at);
  if (!spot) return null;
  await page.mouse.click(spot.x, spot.y);
  return `click ${step.click.what} ${spot.name}`;
}
