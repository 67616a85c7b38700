import { describe, expect, test } from 'vitest';
import { marksOf, planOf } from '../../support/lists/attendance-sheets.ts';
import { sourceOf } from '../../support/lists/lists.ts';

describe('people of a sheet', () => {
  test('are those whose names stand in it, whatever number stands beside them', () => {
    const lines = ['N°|Nom et prénom|2026-03-02 AM', '1|TRAORE Moussa|P', '2|DIOP Awa|A', '3|FALL Ibra|P'];
    const numbered = { people: ['DIOP/Awa/1', 'FALL/Ibra/2', 'TRAORE/Moussa/3'] };
    const read = ['DIOP 02AM absent', 'FALL 02AM present', 'TRAORE 02AM present'];
    expect(marksOf(sourceOf(lines))).toEqual(read);
    expect(marksOf(sourceOf(lines), numbered)).toEqual(read);
  });

  test('with the number of one and the name of another are asked about', () => {
    const people = ['DIOP/Awa/K-101', 'FALL/Ibra/K-102', 'TRAORE/Moussa/K-103'];
    const { plan } = planOf(sourceOf(['Code|Name|2026-03-02 AM', 'K-101|FALL Ibra|P', 'K-102|DIOP Awa|A', 'K-103|TRAORE Moussa|P']), {
      people,
    });
    expect(plan.rejected.map(({ row, code }) => [row, code])).toEqual([
      [2, 'ref.otherPerson'],
      [3, 'ref.otherPerson'],
    ]);
    expect(plan.marks.length).toBe(1);
    expect(plan.rows.filter(({ does }) => does === 'ask').map(({ candidates }) => candidates.map(({ name }) => name).sort())).toEqual([
      ['DIOP Awa', 'FALL Ibra'],
      ['DIOP Awa', 'FALL Ibra'],
    ]);
  });

  test('are found by their number where nothing else stands there, with or without its zeros', () => {
    const people = ['DIOP/Awa/001', 'FALL/Ibra/002'];
    expect(marksOf(sourceOf(['ID|2026-03-02 AM', '1|P', '2|A']), { people })).toEqual(['DIOP 02AM present', 'FALL 02AM absent']);
    expect(marksOf(sourceOf(['ID|2026-03-02 AM', '001|P', '002|A']), { people: ['DIOP/Awa/1', 'FALL/Ibra/2'] })).toEqual([
      'DIOP 02AM present',
      'FALL 02AM absent',
    ]);
    const both = planOf(sourceOf(['ID|2026-03-02 AM', '01|P']), { people: ['DIOP/Awa/1', 'FALL/Ibra/001'] }).plan;
    expect(both.marks).toEqual([]);
    expect(both.rejected.map(({ code }) => code)).toEqual(['person.ambiguous']);
  });

  test('have their place for a number where the list numbers nobody, which is said; and not where somebody has left it', () => {
    const lines = ['N°|2026-03-02 AM', '1|P', '3|A'];
    const { plan } = planOf(sourceOf(lines));
    expect(plan.questions.find(({ key }) => key === 'places')?.chosen).toBe('places');
    expect(marksOf(sourceOf(lines))).toEqual(['DIOP 02AM present', 'TRAORE 02AM absent']);
    for (const said of [{ someLeft: true }, { options: { answers: { places: 'none' } } }]) {
      const open = planOf(sourceOf(lines), said).plan;
      expect(open.marks).toEqual([]);
      expect(open.rejected.map(({ code }) => code)).toEqual(['person.place', 'person.place']);
    }
    expect(marksOf(sourceOf(lines), { someLeft: true, options: { answers: { places: 'places' } } })).toEqual([
      'DIOP 02AM present',
      'TRAORE 02AM absent',
    ]);
    expect(planOf(sourceOf(['N°|2026-03-02 AM', '1|P', '9|A'])).plan.marks).toEqual([]);
  });

  test('are found by address, by names in any order, with honorifics and what tools put behind them', () => {
    const people = ['DIOP/Awa//awa@example.org', 'FALL/Ibra', 'TRAORE/Moussa'];
    expect(marksOf(sourceOf(['E-mail|2026-03-02 AM', 'awa@example.org|P']), { people })).toEqual(['DIOP 02AM present']);
    const lines = ['Participant|2026-03-02 AM', 'Mme. Awa DIOP|P', 'FALL, Ibra (Guest)|A', 'Moussa TRAORÉ|P'];
    expect(marksOf(sourceOf(lines), { people })).toEqual(['DIOP 02AM present', 'FALL 02AM absent', 'TRAORE 02AM present']);
  });

  test('who are namesakes are asked about, unless a number tells them apart', () => {
    const people = ['TRAORE/Moussa/P1', 'TRAORE/Moussa/P2'];
    const { plan } = planOf(sourceOf(['Nom|Prénom|2026-03-02 AM', 'TRAORE|Moussa|P']), { people });
    expect([plan.marks, plan.rejected.map(({ code }) => code)]).toEqual([[], ['person.homonyms']]);
    const { plan: numbered, people: known } = planOf(
      sourceOf(['ID|Nom|Prénom|2026-03-02 AM', 'P2|TRAORE|Moussa|P', 'P1|TRAORE|Moussa|A']),
      { people },
    );
    expect(numbered.marks.map(({ personId, status }) => [known.findIndex(({ id }) => id === personId), status])).toEqual([
      [1, 'present'],
      [0, 'absent'],
    ]);
  });

  test('who are nobody of the workshop, or stand there twice, hold the import up', () => {
    const { plan } = planOf(sourceOf(['Nom|2026-03-02 AM', 'DIOP Awa|P', 'SARR Khady|P', 'DIOP Awa|A']));
    expect(plan.rejected.map(({ row, code }) => [row, code])).toEqual([
      [3, 'person.unknown'],
      [4, 'person.repeated'],
    ]);
    expect(plan.marks.length).toBe(1);
  });

  test('are who somebody decided that they are', () => {
    const lines = ['Nom|2026-03-02 AM', 'DIOPE Hawa|P', 'FALL Ibra|A'];
    const [, fall] = planOf(sourceOf(lines)).people;
    const decisions = [
      { row: 2, take: 'same' as const, personId: '00000000-0000-4000-8000-000000000001' },
      { row: 3, take: 'leave' as const },
    ];
    const { plan } = planOf(sourceOf(lines), { options: { decisions } });
    expect(plan.rows.map(({ does, personId }) => [does, personId])).toEqual([
      ['change', '00000000-0000-4000-8000-000000000001'],
      ['leave', null],
    ]);
    expect(plan.marks.some(({ personId }) => personId === fall!.id)).toBe(false);
    const stranger = [{ row: 2, take: 'same' as const, personId: '00000000-0000-4000-8000-00000000ffff' }];
    expect(() => planOf(sourceOf(lines), { options: { decisions: stranger } })).toThrow('people.unknown');
  });

  test('have each mark shown that would change, from what stands to what the sheet says', () => {
    const marks = [{ personId: '00000000-0000-4000-8000-000000000001', halfDay: '2026-03-02-AM', status: 'late' as const }];
    const { plan } = planOf(sourceOf(['Nom|02/03 AM|02/03 PM', 'DIOP Awa|P|A', 'FALL Ibra||']), { marks });
    expect(plan.rows.map(({ does, changes }) => [does, changes])).toEqual([
      [
        'change',
        [
          { field: '2026-03-02-AM', from: 'late', to: 'present' },
          { field: '2026-03-02-PM', from: 'notTaken', to: 'absent' },
        ],
      ],
      ['same', []],
    ]);
  });
});
