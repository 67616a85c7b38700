import { FIXED_OPTIONS } from '../../../shared/features/form/fixed-options.ts';
import { describe, expect, it } from 'vitest';
import { attendanceSheet, sheetCode, type SignedWorkshop } from '../../../shared/features/paper/attendance-sheet.ts';
import { blankForm, blankFormCodes } from '../../../shared/features/paper/blank-form.ts';
import type { PaperWords } from '../../../shared/features/paper/paper-words.ts';
import { formats } from '../../../shared/kernel/formats.ts';
import type { HalfDay } from '../../../shared/kernel/dates.ts';
import type { Language } from '../../../shared/kernel/text.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { qrModules } from '../../../shared/node/papers/qr-modules.ts';

/** Who stands on which page of an attendance sheet, and which page a photograph of it is of. */

const words = (language: Language): PaperWords => ({ language, format: formats(language, '?'), say: (key) => `${language} ${key}` });
const ID = '0192f0c1-2345-7abc-8def-0123456789ab';
const person = (place: number) => ({
  id: `0192f0c1-0000-7000-8000-${String(place).padStart(12, '0')}`,
  name: `N ${place}`,
  institution: '',
});

function workshop(people: number, halfDays: HalfDay[] = ['2026-11-02-AM', '2026-11-02-PM']): SignedWorkshop {
  const list = Array.from({ length: people }, (_, place) => person(place));
  return {
    id: ID,
    title: ({ language }) => `Atelier (${language})`,
    place: '',
    start: '2026-11-02',
    end: '2026-11-03',
    halfDays,
    people: list,
  };
}

const sheet = (one: SignedWorkshop) => attendanceSheet(one, [words('fr')], nodeHasher);

describe('the pages of a day', () => {
  it.each([
    [0, [5]],
    [1, [6]],
    [12, [17]],
    [13, [17, 1]],
    [17, [17, 5]],
    [60, [17, 17, 17, 14]],
  ])('have %i people and five empty lines on %j lines', (people, lines) => {
    const { pages } = sheet(workshop(people));
    expect(pages.map(({ rows }) => rows.length)).toEqual(lines);
    const rows = pages.flatMap((page) => page.rows);
    expect(rows.map(({ number }) => number)).toEqual([
      ...Array.from({ length: people }, (_, place) => String(place + 1)),
      '',
      '',
      '',
      '',
      '',
    ]);
    expect(rows.map(({ name }) => name).slice(0, people)).toEqual(Array.from({ length: people }, (_, place) => `N ${place}`));
  });

  it('come day by day, with a box for each half-day that there is', () => {
    const { pages } = sheet(workshop(3, ['2026-11-03-PM', '2026-11-02-AM', '2026-11-03-AM']));
    expect(pages.map(({ halves }) => halves.map(([half]) => half))).toEqual([
      ['fr attendanceSheet.half.AM'],
      ['fr attendanceSheet.half.AM', 'fr attendanceSheet.half.PM'],
    ]);
    expect(sheet(workshop(3, [])).pages).toEqual([]);
  });

  it('say what they say in both languages, and once what is the same in both', () => {
    const both = attendanceSheet({ ...workshop(1), title: () => 'Atelier' }, [words('fr'), words('pt')], nodeHasher);
    expect(both.title).toEqual(['Atelier']);
    expect(both.trainer).toEqual(['fr attendanceSheet.trainer', 'pt attendanceSheet.trainer']);
    expect(both.frame.language).toBe('fr');
  });
});

describe('the code of a page', () => {
  const page = { activityId: ID, day: '2026-11-02', page: 3, people: [person(1).id, person(2).id] };

  it('names the workshop, the day, the page, and who stands on it line by line', () => {
    expect(sheetCode(page, nodeHasher)).toBe('ITINERA1:0192F0C123457ABC8DEF0123456789AB:20261102:3:A2FF9670');
    const others = [
      { page: 4 },
      { day: '2026-11-03' },
      { people: [person(2).id, person(1).id] },
      { people: [person(1).id] },
      { people: [] },
    ];
    const codes = others.map((other) => sheetCode({ ...page, ...other }, nodeHasher));
    expect(new Set([sheetCode(page, nodeHasher), ...codes]).size).toBe(6);
    for (const code of codes) expect(code).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
  });

  it('differs from page to page of a sheet', () => {
    const { pages } = sheet(workshop(60, ['2026-11-02-AM', '2026-11-03-AM']));
    expect(new Set(pages.map(({ code }) => code)).size).toBe(8);
  });

  it('of an empty sheet names the workshop, the questionnaire, the page and all that stands on it', () => {
    const form = { id: person(1).id, key: {}, title: { fr: 'Avis' }, kind: 'satisfaction', anonymous: false, items: [] } as const;
    const codeIn = (...languages: [Language, ...Language[]]) => {
      const [first, ...others] = languages.map(words);
      const sheet = blankForm(form, { title: () => 'Atelier', lead: '' }, [first!, ...others]);
      return blankFormCodes(ID, person(1).id, sheet, nodeHasher)(12);
    };
    const codes = [codeIn('fr'), codeIn('pt'), codeIn('fr', 'pt')];
    expect(new Set(codes).size).toBe(3);
    for (const code of codes) {
      expect(code).toMatch(/^ITINERA1F:0192F0C123457ABC8DEF0123456789AB:0192F0C1000070008000000000000001:12:[0-9A-F]{8}$/);
      expect(qrModules(code).length).toBe(33);
    }
  });

  it('of an empty sheet has letters beside what people wrote, and the words alone beside what is always the same', () => {
    const options = { a: { fr: 'Un' }, b: { fr: 'Deux' } };
    const items = [
      { id: 'Q1', type: 'choice', text: { fr: 'Lequel ?' }, options },
      { id: 'Q2', type: 'trueFalse', text: { fr: 'Est-ce vrai ?' }, options: FIXED_OPTIONS.trueFalse! },
      { id: 'Q3', type: 'consent', text: { fr: 'Écrire ?' }, options: FIXED_OPTIONS.consent! },
    ] as const;
    const form = { id: person(1).id, key: {}, title: { fr: 'Test' }, kind: 'prepost', anonymous: false, items } as const;
    const { items: printed } = blankForm(form, { title: () => 'Atelier', lead: '' }, [words('fr')]);
    expect(printed.map(({ bubbles }) => bubbles.map(({ mark, said }) => [mark, said?.[0]]))).toEqual([
      [
        ['a', 'Un'],
        ['b', 'Deux'],
      ],
      [
        ['', 'Vrai'],
        ['', 'Faux'],
      ],
      [
        ['', 'J’accepte'],
        ['', 'Je n’accepte pas'],
      ],
    ]);
  });

  it('has so few modules that each is half a millimetre wide on paper', () => {
    const rows = qrModules(sheetCode(page, nodeHasher));
    expect(rows.every((row) => row.length === rows.length && /^[01]+$/.test(row))).toBe(true);
    expect(rows.length).toBe(29);
    // The corner that a reader looks for.
    expect(rows.slice(0, 7).map((row) => row.slice(0, 8))).toEqual([
      '11111110',
      '10000010',
      '10111010',
      '10111010',
      '10111010',
      '10000010',
      '11111110',
    ]);
  });
});
