import { afterAll, describe, expect, it } from 'vitest';
import { after, known, planOf, told } from '../../support/lists/list-plans.ts';
import { sheetOf, sourceOf } from '../../support/lists/lists.ts';
import { sourceFiles } from '../../support/sources.ts';

const files = sourceFiles();
afterAll(() => files.close());

describe('who is who in a list', () => {
  it('a list that was renumbered renames nobody', () => {
    const before = known([
      'N°|Nom|Prénom|Pays|Email',
      '1|ALAMI|Mohamed|Maroc|alami@example.org',
      '2|BENALI|Mohamed|Maroc|benali@example.org',
      '3|CHAKIR|Mohamed|Maroc|chakir@example.org',
    ]);
    expect(before.map(({ ref }) => ref)).toEqual([null, null, null]);
    for (const list of [
      ['N°|Nom|Prénom|Pays|Email', '1|BENALI|Mohamed|Maroc|benali@example.org', '2|CHAKIR|Mohamed|Maroc|chakir@example.org'],
      ['No.|Surname|First name|Country', '1|CHAKIR|Mohamed|Morocco', '2|ALAMI|Mohamed|Morocco', '3|BENALI|Mohamed|Morocco'],
      ['#|Apellidos|Nombre', '1|CHAKIR|Mohamed', '2|BENALI|Mohamed'],
    ])
      expect(planOf(list, before), list[0]).toMatchObject({ additions: [], updates: [], rejected: [], unchanged: list.length - 1 });
    const more = planOf(['N°|Nom|Prénom|Pays', '1|BADA|Ali|Maroc', '2|ALAMI|Mohamed|Maroc'], before);
    expect(told(more)).toEqual(['2 new', '3 same names.country']);
  });

  it('a list’s own code is never taken against the name, and never given to another', () => {
    const before = known(['Code|Nom|Prénom', 'P01|KEITA|Ibrahim', 'P02|SOW|Ada']);
    expect(planOf(['Code|Nom|Prénom', 'P01|DIARRA|Oumou', 'P07|SOW|Ada'], before).rejected).toEqual([
      { sheet: '', row: 2, field: 'ref', code: 'ref.otherPerson' },
      { sheet: '', row: 3, field: 'familyName', code: 'person.refDiffers' },
    ]);
    expect(planOf(['Code|Nom|Prénom|Email', 'P01|SOW|Ada|ada@example.org'], before).rejected).toEqual([
      { sheet: '', row: 2, field: 'ref', code: 'ref.otherPerson' },
    ]);
    const sheets = sourceOf(
      sheetOf(['Code|Nom|Prénom', 'P03|BA|Ousmane', 'P04|SY|Oumar'], 'Groupe 1'),
      sheetOf(['Code|Nom|Prénom', 'P03|FALL|Awa', 'P05|NDAO|Sokhna'], 'Groupe 2'),
    );
    expect(planOf(sheets).rejected).toEqual([{ sheet: 'Groupe 2', row: 2, field: 'ref', code: 'ref.duplicate' }]);
  });

  it('somebody known with less said is found again, and what is new is added', () => {
    const before = known(['Nom|Prénom|Pays', 'DIOP|Awa|Sénégal', 'FALL|Ibra|Sénégal']);
    const fuller = planOf(['Nom|Prénom|Pays|Institution', 'DIOP|Awa|Sénégal|Parquet de Dakar', 'FALL|Ibra|Sénégal|Cour d’appel'], before);
    expect(told(fuller)).toEqual(['2 change institution', '3 change institution']);
    const walkIn = { ...before[0]!, id: '00000000-0000-4000-8000-000000000001', country: null };
    expect(told(planOf(['Full name|Email', 'Awa DIOP|awa@example.org'], [walkIn]))).toEqual(['2 change email']);
    expect(told(planOf(['Nombre y apellidos|País', 'Awa DIOP|Senegal'], after(fuller, before)))).toEqual(['2 same names.country']);
  });

  it('apostrophes, invisible signs, no-break spaces and accents in two parts make nobody else', () => {
    for (const [one, other] of [
      ["N'GUESSAN|Akissi|Côte d'Ivoire", 'N´GUESSAN|Akissi|Côte d´Ivoire'],
      ['N’GUESSAN|Akissi|Côte d’Ivoire', 'NGUESSAN|AKISSI|Cote d Ivoire'],
      ['\u200EDIOP|Awa|Sénégal', 'DIOP|A\u00ADwa|Sénégal'],
      ['DIOP\u00A0|\u00A0Awa Marie|Sénégal', 'DIOP|Awa\u202FMarie|Sénégal'],
      ['KONE\u0301|Ai\u0308ssata|Mali', 'KONÉ|Aïssata|Mali'],
      ['d’Almeida|João|Angola', "D'ALMEIDA|JOAO|Angola"],
      ['Müller-Lüdenscheidt|Jörg|Germany', 'MULLER LUDENSCHEIDT|JORG|Germany'],
    ]) {
      const before = known(['Nom|Prénom|Pays', one!]);
      expect(before).toHaveLength(1);
      expect(planOf(['Nom|Prénom|Pays', other!], before), other).toMatchObject({ additions: [], updates: [], unchanged: 1, rejected: [] });
    }
  });

  it('the richer spelling stays, and comes', () => {
    const rich = known(['Nom|Prénom|Pays|Institution', 'KONÉ|Aïssata|Mali|Cour d’appel de Ségou']);
    for (const poorer of ['KONE|AISSATA|Mali|COUR D APPEL DE SEGOU', 'Kone|Aissata|Mali|Cour d’appel', 'koné|aïssata|Mali|CAS'])
      expect(planOf(['Nom|Prénom|Pays|Institution', poorer], rich), poorer).toMatchObject({ updates: [], unchanged: 1 });
    const poor = known(['Nom|Prénom|Pays|Institution', 'KONE|AISSATA|Mali|Cour d’appel']);
    expect(
      planOf(['Nom|Prénom|Pays|Institution', 'KONÉ|Aïssata|Mali|Cour d’appel de Ségou'], poor).updates.map(({ values }) => values),
    ).toEqual([{ familyName: 'KONÉ', givenName: 'Aïssata', institution: 'Cour d’appel de Ségou' }]);
    // A list that parts names otherwise, or shortens them, says nothing; one that says a name more does.
    const known2 = known(['Nom|Prénom|Institution', 'OULD AHMED|Babah Salem|Parquet']);
    expect(planOf(['Nom et prénom|Institution', 'Babah Salem Ould Ahmed|Parquet'], known2)).toMatchObject({ updates: [], unchanged: 1 });
    expect(planOf(['Nom|Prénom|Institution', 'OULD AHMED|B. S.|Parquet'], known2)).toMatchObject({ updates: [], unchanged: 1 });
    expect(planOf(['Nom|Prénom|Institution', 'OULD AHMED|Babah Salem Vall|Parquet'], known2).updates).toMatchObject([
      { values: { givenName: 'Babah Salem Vall' } },
    ]);
  });

  it('short family names are names under their heading, although countries have them for codes', () => {
    const named = (list: readonly string[]) => planOf(list).additions.map(({ values }) => `${values.familyName} ${values.givenName}`);
    expect(named(['Nom|Prénom', 'BA|Cheikh', 'SY|Awa', 'BA|Fatou', 'MA|Lin'])).toEqual(['BA Cheikh', 'SY Awa', 'BA Fatou', 'MA Lin']);
    expect(named(['Surname|First name|Country', 'LY|Awa|SN', 'KA|Moussa|ML'])).toEqual(['LY Awa', 'KA Moussa']);
  });

  it('people share a mailbox', () => {
    const list = ['Nom|Prénom|Pays|Email', ...['DIOP|Awa', 'FALL|Ibra', 'SOW|Ada'].map((name) => `${name}|Sénégal|greffe@example.org`)];
    expect(known(list)).toHaveLength(3);
    expect(planOf(list, known(list))).toMatchObject({ additions: [], updates: [], unchanged: 3, rejected: [] });
    expect(told(planOf(['Nom|Prénom|Email', 'DIOP|Ibra|greffe@example.org'], known(list)))).toEqual(['2 new']);
  });

  it('homonyms stay apart, and a line that is there twice is asked about once', () => {
    const list = ['Nom|Prénom|Pays|Institution', 'TRAORE|Moussa|Mali|Cour d’appel de Bamako', 'Traoré|MOUSSA|Burkina Faso|Parquet de Bobo'];
    const before = known(list);
    expect(before).toHaveLength(2);
    expect(planOf(list, before)).toMatchObject({ additions: [], updates: [], unchanged: 2, rejected: [] });
    expect(planOf(list, before).homonyms).toEqual([before.map(({ id }) => id)]);
    expect(told(planOf([...list, 'TRAORE|Moussa|Mali|Cour d’appel de Bamako']))).toEqual(['2 new', '3 new', '4 ask row.duplicate']);
    expect(told(planOf([...list, 'TRAORE|Moussa|Mali|Cour d’appel de Bamako'], before))).toEqual([
      '2 same names.institution',
      '3 same names.institution',
      '4 ask row.duplicate',
    ]);
    // The second homonym of a list is new where the first is the one who is known.
    expect(told(planOf(list, [before[0]!]))).toEqual(['2 same names.institution', '3 new']);
    expect(planOf(list, [before[0]!]).doubtful).toEqual([]);
    expect(told(planOf(['Nom|Prénom', 'TRAORE|Moussa'], before))).toEqual(['2 ask person.homonyms']);
    expect(told(planOf(['Nom|Prénom|Pays|Institution', 'TRAORE|Moussa|Mali|Parquet de Kayes'], before))).toEqual([
      '2 ask person.institutionDiffers',
    ]);
  });

  it('two rows that may be one known person are both asked about, unless one says more', () => {
    const before = known(['Nom|Prénom|Pays', 'TRAORE|Moussa|Mali']);
    const rows = ['TRAORE|Moussa|Mali|Cour d’appel', 'TRAORE|Moussa|Mali|Parquet'];
    expect(told(planOf(['Nom|Prénom|Pays|Institution', ...rows], before))).toEqual(['2 ask person.homonyms', '3 ask person.homonyms']);
    const fuller = known(['Nom|Prénom|Pays|Institution', rows[1]!]);
    expect(told(planOf(['Nom|Prénom|Pays|Institution', ...rows], fuller))).toEqual(['2 new', '3 same names.institution']);
  });

  it('are shown by twenty where a hundred bear one name, and whichever of them it is may be chosen', () => {
    const before = known(['Nom|Prénom|Courriel', ...Array.from({ length: 100 }, (_, at) => `TRAORE|Moussa|m${at}@example.org`)]);
    const asked = planOf(['Nom|Prénom', 'TRAORE|Moussa'], before);
    expect([told(asked), asked.rows[0]!.candidates.length]).toEqual([['2 ask person.homonyms'], 20]);
    const other = before.find(({ id }) => !asked.rows[0]!.candidates.some(({ personId }) => personId === id))!;
    const decisions = [{ row: 2, take: 'same' as const, personId: other.id }];
    expect(told(planOf(['Nom|Prénom', 'TRAORE|Moussa'], before, { options: { decisions } }))).toEqual(['2 same decided']);
  });

  it('a shorter name gives way to the right one', () => {
    const before = known(['Nom|Prénom|Institution', 'DIOP|Awa|Parquet']);
    expect(told(planOf(['Nom|Prénom|Institution', 'DIOP|Awa Marie|Parquet', 'DIOP|Awa|Parquet'], before))).toEqual([
      '2 ask person.nameClose',
      '3 same names.institution',
    ]);
    expect(told(planOf(['Nom|Prénom|Institution', 'DIOP|Awa Marie|Tribunal', 'DIOP|Awa|Parquet'], before))).toEqual([
      '2 new',
      '3 same names.institution',
    ]);
    expect(told(planOf(['Nom|Prénom', 'DIOP|Awa Marie'], before))).toEqual(['2 ask person.nameClose']);
  });
});

describe('a decision', () => {
  const before = known(['Nom|Prénom|Pays|Institution', 'TRAORE|Moussa|Mali|Cour d’appel', 'DIOP|Awa|Sénégal|Parquet']);
  const list = ['Nom|Prénom|Pays|Institution', 'TRAORE|Moussa|Mali|Parquet de Kayes', 'FALL|Ibra|Sénégal|Parquet'];
  const decide = (...decisions: { row: number; take: 'new' | 'same' | 'leave'; personId?: string; sheet?: string }[]) =>
    planOf(list, before, { options: { decisions } });

  it('makes a row new, somebody known, or leaves it out', () => {
    expect(told(planOf(list, before))).toEqual(['2 ask person.institutionDiffers', '3 new']);
    expect(told(decide({ row: 2, take: 'new' }))).toEqual(['2 new decided', '3 new']);
    expect(told(decide({ row: 2, take: 'same' }))).toEqual(['2 change institution', '3 new']);
    expect(told(decide({ row: 3, take: 'same', personId: before[1]!.id }))).toEqual([
      '2 ask person.institutionDiffers',
      '3 change familyName givenName',
    ]);
    const left = decide({ row: 2, take: 'leave' }, { row: 3, take: 'leave' });
    expect(left).toMatchObject({ additions: [], rejected: [], account: { taken: 0, asked: 0 } });
    expect(left.account.leftFor).toContainEqual({ why: 'rowLeft', cells: 8 });
  });

  it('about no row or nobody is refused, and one person is taken once', () => {
    expect(() => decide({ row: 9, take: 'leave' })).toThrow('intake.rowUnknown');
    expect(() => decide({ row: 2, take: 'leave', sheet: 'Liste' })).toThrow('intake.rowUnknown');
    expect(() => decide({ row: 3, take: 'same' })).toThrow('people.unknown');
    expect(() => decide({ row: 3, take: 'same', personId: '00000000-0000-4000-8000-000000000009' })).toThrow('people.unknown');
    const { id: personId } = before[1]!;
    expect(told(decide({ row: 2, take: 'same', personId }, { row: 3, take: 'same', personId }))[1]).toBe('3 ask row.duplicate');
  });

  it('takes a line that is there twice as two people, the same two on every laptop', () => {
    const twice = ['Nom|Prénom', 'PHAM|Anh', 'PHAM|Anh'];
    const ids = (row: number) => planOf(twice, [], { options: { decisions: [{ row, take: 'new' }] } }).additions.map(({ id }) => id);
    expect(new Set(ids(3)).size).toBe(2);
    expect(new Set(ids(2))).toEqual(new Set(ids(3)));
  });

  it('is asked for where the person of a row was renamed or erased since', () => {
    const first = planOf(['Nom|Prénom', 'DIOP|Awa']);
    const renamed = after(first).map((person) => ({ ...person, familyName: 'NDIAYE', givenName: 'Coumba' }));
    expect(told(planOf(['Nom|Prénom', 'DIOP|Awa'], renamed))).toEqual(['2 ask person.nameDiffers']);
    const erased = after(first).map((person) => ({ ...person, familyName: null, givenName: null, erased: 1 }));
    expect(told(planOf(['Nom|Prénom', 'DIOP|Awa'], erased))).toEqual(['2 ask person.erased']);
    const anew = planOf(['Nom|Prénom', 'DIOP|Awa'], erased, { options: { decisions: [{ row: 2, take: 'new' }] } });
    expect(anew.additions.map(({ id }) => id)).not.toContain(first.additions[0]!.id);
  });
});
