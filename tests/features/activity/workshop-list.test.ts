import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  groupWorkshops,
  isNarrowed,
  UNNARROWED,
  WORKSHOP_STATES,
  yearsIn,
  type ListChoice,
  type ListedWorkshop,
} from '../../../shared/features/activity/workshop-list.ts';
import { activity } from '../../../shared/model/activity.ts';
import { blankOf } from '../../../shared/model/records.ts';
import { addDays } from '../../../shared/kernel/dates.ts';

const TODAY = '2026-12-01';
const workshop = (id: string, start: string, end = start, more: Partial<ListedWorkshop> = {}): ListedWorkshop => ({
  ...{
    ...blankOf(activity),
    id,
    start,
    end,
    sample: false,
    archived: false,
    title: `Workshop ${id}`,
    projects: [],
    partners: [],
    countries: [],
    mode: 'inPerson',
    place: '',
  },
  ...more,
});
const shown = (workshops: readonly ListedWorkshop[], choice: Partial<ListChoice> = {}, words?: (one: ListedWorkshop) => string[]) =>
  groupWorkshops(workshops, { ...UNNARROWED, ...choice }, TODAY, words).groups.map(
    ({ state, year, rows }) => `${state}${year === null ? '' : ` ${year}`}: ${rows.map(({ id }) => id).join('')}`,
  );

describe('the list of workshops', () => {
  const all = [
    workshop('a', '2024-03-04', '2024-03-07'),
    workshop('b', '2025-12-29', '2026-01-02'),
    workshop('c', '2026-11-30', '2026-12-02', { countries: ['SN'], projects: ['GLACY+'] }),
    workshop('d', '2027-02-01', '2027-02-03', { countries: ['CV'], title: { fr: 'Preuve électronique', pt: 'Prova eletrónica' } }),
    workshop('e', '2024-06-03', '2024-06-05', { mode: 'online' }),
    workshop('f', '2026-11-30', '2026-12-02', { sample: true }),
    workshop('g', '', ''),
    workshop('h', '2024-05-06', '2024-05-07', { archived: true, title: 'Zinder' }),
    workshop('i', '2026-12-01', '2026-12-01', { archived: true, sample: true }),
  ];

  it('has what runs first, then what is planned, past ones by the year in which they ended, and the sample last', () => {
    expect(shown(all)).toEqual(['running: c', 'planned: d', 'past 2026: b', 'past 2024: ea', 'past: g', 'sample: f']);
  });

  it('is narrowed by year, to which a workshop over New Year belongs twice', () => {
    expect(yearsIn(all)).toEqual(['2027', '2026', '2025', '2024']);
    expect(shown(all, { year: '2026' })).toEqual(['running: c', 'past 2026: b', 'sample: f']);
    expect(shown(all, { year: '2025' })).toEqual(['past 2026: b']);
    expect(shown(all, { year: '2024', mode: 'online' })).toEqual(['past 2024: e']);
  });

  it('is narrowed by state, project, country and words, of which the names of countries are some', () => {
    expect(shown(all, { state: 'sample' })).toEqual(['sample: f']);
    expect(shown(all, { state: 'past', year: '2026' })).toEqual(['past 2026: b']);
    expect(shown(all, { project: 'glacy+' })).toEqual(['running: c']);
    expect(shown(all, { country: 'CV' })).toEqual(['planned: d']);
    expect(shown(all, { text: 'eletronica' })).toEqual(['planned: d']);
    const names = ({ countries }: ListedWorkshop) => countries.map((code) => (code === 'SN' ? 'Sénégal' : 'Cap-Vert'));
    expect(shown(all, { text: 'senegal' })).toEqual([]);
    expect(shown(all, { text: 'senegal' }, names)).toEqual(['running: c']);
    expect(shown(all, { text: 'workshop senegal' }, names)).toEqual(['running: c']);
  });

  it('has what was put away where that is asked for, and says how many there are of it', () => {
    expect(shown(all, { state: 'archived' })).toEqual(['archived: ih']);
    expect(shown(all, { state: 'archived', year: '2024' })).toEqual(['archived: h']);
    const others = (choice: Partial<ListChoice>) => groupWorkshops(all, { ...UNNARROWED, ...choice }, TODAY).archived;
    expect([others({}), others({ text: 'zinder' }), others({ state: 'past' }), others({ state: 'archived' })]).toEqual([2, 1, 0, 0]);
    expect(yearsIn(all)).toContain('2024');
  });

  it('knows whether it is narrowed', () => {
    expect(isNarrowed(UNNARROWED)).toBe(false);
    expect(isNarrowed({ ...UNNARROWED, text: ' ' })).toBe(false);
    for (const part of [{ text: 'a' }, { project: 'P' }, { mode: 'desk' }, { country: 'SN' }, { year: '2026' }, { state: 'past' as const }])
      expect(isNarrowed({ ...UNNARROWED, ...part }), JSON.stringify(part)).toBe(true);
  });

  it('holds each workshop once, whatever its dates, and the years go down', () => {
    const day = fc.oneof(
      fc.integer({ min: -2000, max: 800 }).map((days) => addDays(TODAY, days)),
      fc.constant(''),
    );
    const one = fc.record({ start: day, end: day, sample: fc.boolean(), archived: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), (dates) => {
        const workshops = dates.map(({ start, end, ...is }, at) => workshop(`${at}`, start, end, is));
        const groups = [UNNARROWED, { ...UNNARROWED, state: 'archived' as const }].flatMap(
          (choice) => groupWorkshops(workshops, choice, TODAY).groups,
        );
        const ids = groups.flatMap(({ rows }) => rows.map(({ id }) => id));
        expect(ids.toSorted()).toEqual(workshops.map(({ id }) => id).toSorted());
        const order = groups.map(({ state, year }) => WORKSHOP_STATES.indexOf(state) * 10_000 - Number(year ?? 0));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        for (const year of yearsIn(workshops)) {
          const { groups: ofYear, archived } = groupWorkshops(workshops, { ...UNNARROWED, year }, TODAY);
          expect(ofYear.flatMap(({ rows }) => rows).length + archived).toBeGreaterThan(0);
        }
      }),
    );
  });
});
