import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexPeople, type KnownIdentity, type PersonEvidence } from '../../../shared/features/intake/people-index.ts';
import { whoByComparingAll } from '../../support/lists/who-by-comparing-all.ts';
import { whoIs, type WhoOptions } from '../../../shared/features/intake/who.ts';

/** `DIOP|Awa|SN|Parquet de Dakar|awa@example.org|P01`; what is left out was never recorded. Ids are the places, from 0. */
function people(...lines: string[]): KnownIdentity[] {
  return lines.map((line, at) => {
    const [familyName, givenName, country, institution, email, ref] = line.split('|').map((part) => part || null);
    return {
      id: String(at),
      familyName: familyName ?? null,
      givenName: givenName ?? null,
      country: country ?? null,
      institution: institution ?? null,
      email: email ?? null,
      ref: ref ?? null,
    };
  });
}

function row(line: string): PersonEvidence {
  const [familyName, givenName, country, institution, email, ref] = line.split('|').map((part) => part || undefined);
  return { familyName, givenName, country, institution, email, ref };
}

/** `=0 why`, `? 0 1 why` or `+ why`. */
function told(evidence: PersonEvidence | string, known: readonly KnownIdentity[], options?: WhoOptions): string {
  const who = whoIs(typeof evidence === 'string' ? row(evidence) : evidence, indexPeople(known), options);
  if (who.is === 'same') return `=${who.id} ${who.why}`;
  if (who.is === 'ask') return `? ${who.candidates.map(({ id }) => id).join(' ')} ${who.why}`;
  return `+ ${who.why}`;
}

describe('a person is found again', () => {
  it('by a name that is written otherwise', () => {
    for (const [known, written] of [
      ["N'GUESSAN|Akissi", 'N’GUESSAN|Akissi'],
      ["N'GUESSAN|Akissi", 'N´GUESSAN|AKISSI'],
      ["N'GUESSAN|Akissi", 'NGuessan|akissi'],
      ["N'GUESSAN|Akissi", 'N Guessan|Akissi'],
      ['KONÉ|Aïssata', 'KONE|AISSATA'],
      ['KONÉ|Aïssata', 'KONE\u0301|Ai\u0308ssata'],
      ['DIOP|Awa', '\u200EDIOP|Awa\u200B'],
      ['DIOP|Awa Marie', 'DIOP|Awa\u00A0Marie'],
      ['Łukasiewicz|Jan', 'LUKASIEWICZ|JAN'],
      ['Diallo-Traoré|Awa', 'DIALLO TRAORE|Awa'],
      ['de Souza|Ana', 'SOUZA|Ana'],
      ['dos Santos|João', 'Santos|Joao'],
      ['DUPONT|Jean-Pierre', 'Dupont|Jean Pierre'],
      ['Marie DIOP|Awa', 'Marie|DIOP Awa'],
      ['Sukarno|', '|Sukarno'],
    ])
      expect(told(written!, people('FALL|Ibra', known!)), written).toBe('=1 names');
  });

  it('by a whole name in any order', () => {
    const known = people('TRAORE|Moussa', 'DIOP|Awa Marie', 'Ould Ahmed|Mohamed', "N'GUESSAN|Akissi");
    for (const [wholeName, id] of [
      ['Moussa TRAORE', 0],
      ['Traoré, Moussa', 0],
      ['Awa Marie Diop', 1],
      ['DIOP Awa-Marie', 1],
      ['Awa DIOP Marie', 1],
      ['Mohamed Ould Ahmed', 2],
      ['AKISSI NGUESSAN', 3],
    ] as const)
      expect(told({ wholeName }, known), wholeName).toBe(`=${id} names`);
  });

  it('with less said and with more', () => {
    expect(told('DIOP|Awa|SN|Parquet de Dakar|awa@example.org', people('DIOP|Awa'))).toBe('=0 names');
    expect(told('DIOP|Awa', people('DIOP|Awa|SN|Parquet de Dakar|awa@example.org'))).toBe('=0 names');
    expect(told('DIOP|Awa|SN|Parquet de Dakar', people('DIOP|Awa|SN'))).toBe('=0 names.country');
  });

  it('by an institution that is written shorter or as initials', () => {
    for (const written of ['Cour d’appel', 'COUR D’APPEL DE BAMAKO', 'CAB', 'Cour d’appel, Bamako'])
      expect(told(`TRAORE|Moussa|ML|${written}`, people('TRAORE|Moussa|ML|Cour d’appel de Bamako')), written).toBe('=0 names.institution');
  });

  it('whose name, address or institution changed, where enough stays', () => {
    const known = people('DOSSOU|Codjo|BJ|CRIET|codjo@example.org|P03');
    expect(told('DOSSOU-YOVO|Codjo|BJ||codjo@example.org', known)).toBe('=0 names.email');
    expect(told('AHOUANSOU|Codjo|BJ|CRIET|codjo@example.org', known)).toBe('=0 names.email');
    expect(told('DOSSOU|Codjo|BJ|Cour suprême|codjo@example.org', known)).toBe('=0 names.email');
    expect(told('DOSSOU|Codjo|BJ|Cour suprême|new@example.org|P03', known)).toBe('=0 names.ref');
    expect(told('DOSOU|Codjo||||P03', known)).toBe('=0 names.ref');
    // One thing alone does not carry another name.
    expect(told('AHOUANSOU|Codjo|||codjo@example.org', known)).toBe('? 0 person.nameDiffers');
    expect(told('DOSSOU|Akouavi|||codjo@example.org', known)).toBe('? 0 person.nameDiffers');
  });
});

describe('homonyms', () => {
  const two = people('TRAORE|Moussa|ML|Cour d’appel de Bamako', 'TRAORE|Moussa|BF|Parquet de Bobo');

  it('stay apart, each found by what is said', () => {
    expect(told('TRAORE|Moussa|ML', two)).toBe('=0 names.country');
    expect(told('Traoré|MOUSSA|BF|Parquet de Bobo', two)).toBe('=1 names.institution');
    expect(told({ wholeName: 'Moussa Traoré', institution: 'Parquet' }, two)).toBe('=1 names.institution');
  });

  it('are asked about where nothing chooses', () => {
    expect(told('TRAORE|Moussa', two)).toBe('? 0 1 person.homonyms');
    expect(told({ wholeName: 'TRAORE Moussa' }, two, { expected: true })).toBe('? 0 1 person.homonyms');
    expect(told({ wholeName: 'TRAORE Moussa' }, two, { expected: true, except: new Set(['0']) })).toBe('=1 names');
  });

  it('are new where all that is known differs, and asked about where one thing does', () => {
    expect(told('TRAORE|Moussa|SN|Parquet de Dakar', [two[0]!])).toBe('+ person.homonym');
    expect(told('TRAORE|Moussa|BF', [two[0]!])).toBe('? 0 person.countryDiffers');
    expect(told('TRAORE|Moussa|ML|Parquet de Kayes', [two[0]!])).toBe('? 0 person.institutionDiffers');
    expect(told('TRAORE|Moussa|||b@example.org', people('TRAORE|Moussa|||a@example.org'))).toBe('? 0 person.emailDiffers');
    expect(told('TRAORE|Moussa||||P17', people('TRAORE|Moussa||||P06'))).toBe('? 0 person.refDiffers');
  });

  it('are found by the address and by the code, whatever else changed', () => {
    const known = people('TRAORE|Moussa|ML|Cour|m1@example.org|P06', 'TRAORE|Moussa|ML|Cour|m2@example.org|P17');
    expect(told('TRAORE|Moussa|||m2@example.org', known)).toBe('=1 names.email');
    expect(told('TRAORE|Moussa||||P06', known)).toBe('=0 names.ref');
    expect(told('TRAORE|Moussa|ML|Cour', known)).toBe('? 0 1 person.homonyms');
  });
});

describe('a number', () => {
  const known = people('ALAMI|Mohamed|MA||alami@example.org|M-01', 'BENALI|Mohamed|MA||benali@example.org|M-02', 'CHAKIR|Omar||||3');

  it('is never taken against the name', () => {
    expect(told('CHERIF|Nadia||||M-01', known)).toBe('? 0 ref.otherPerson');
    expect(told('BENALI|Mohamed|MA||benali@example.org|M-01', known)).toBe('? 1 0 ref.otherPerson');
    expect(told('BENALI|Mohamed||||M-01', known, { expected: true })).toBe('? 1 0 ref.otherPerson');
    expect(told('ZIANI|Mohamed||||M-01', known)).toBe('? 0 ref.otherPerson');
  });

  it('that may be a running number says nothing', () => {
    expect(told('CHERIF|Nadia||||3', known)).toBe('+ person.nobody');
    expect(told('ALAMI|Mohamed|MA|||3', known)).toBe('=0 names.country');
    expect(told({ ref: '3' }, known)).toBe('? 2 ref.alone');
  });

  it('that is a code finds whom a row without a name means', () => {
    expect(told({ ref: 'm-02' }, known)).toBe('=1 ref');
    expect(told({ email: 'BENALI@example.org' }, known)).toBe('=1 email');
    expect(told({ ref: 'M-09' }, known)).toBe('+ person.unnamed');
    expect(told({}, known)).toBe('+ person.unnamed');
  });
});

describe('a mailbox that several share', () => {
  it('identifies nobody, whether the workshop or the file shares it', () => {
    const shared = people('DIOP|Awa|||greffe@example.org', 'FALL|Ibra|||greffe@example.org');
    expect(told('SOW|Ada|||greffe@example.org', shared)).toBe('+ person.nobody');
    expect(told({ email: 'greffe@example.org' }, shared)).toBe('+ person.unnamed');
    const rows = [row('DIOP|Awa|||greffe@example.org'), row('DIOP|Ibra|||greffe@example.org')];
    const index = indexPeople(people('DIOP|Awa|||greffe@example.org'), rows);
    expect(rows.map((one) => whoIs(one, index).is)).toEqual(['same', 'new']);
  });

  it('is not one because its holder is named twice', () => {
    const rows = [row('DIOP|Awa|||awa@example.org'), { wholeName: 'Awa DIOP', email: 'awa@example.org' }];
    const index = indexPeople(people('DIOP|Awa M.|SN||awa@example.org'), rows);
    expect(rows.map((one) => whoIs(one, index))).toMatchObject(rows.map(() => ({ is: 'same', id: '0', why: 'names.email' })));
  });

  it('makes nobody another person', () => {
    expect(told('FALL|Ibra|||awa@example.org', people('DIOP|Awa|||awa@example.org'))).toBe('+ person.similar');
  });
});

describe('a name that is near', () => {
  it('is asked about in a list, and needs something beside it', () => {
    const known = people('DIOP|Awa Marie|SN|Parquet|awa@example.org');
    expect(told('DIOP|Awa|SN', known)).toBe('? 0 person.nameClose');
    expect(told('DIOP|A.|SN', known)).toBe('? 0 person.nameInitials');
    expect(told('Awa Marie|Diop', known)).toBe('? 0 person.nameTurned');
    expect(told('DIOP|Awa|SN|Parquet', known)).toBe('=0 names.institution');
    expect(told('DIOP|A. M.|||awa@example.org', known)).toBe('=0 names.email');
    expect(told('DIOP|Awa|SN|Tribunal de Thiès', known)).toBe('+ person.similar');
    expect(told('DIOPE|Awa Mari|SN|Parquet', known)).toBe('? 0 person.nameSimilar');
    // Codes in the place of names sound like nothing: each stands for somebody.
    for (const [one, other] of [
      ['P100', 'P110'],
      ['P1001', 'P1101'],
      ['A0E1', 'A0I1'],
    ] as const)
      expect(told(other, people(one), { expected: true })).toBe('+ person.nobody');
  });

  it('is that person where everybody is expected to be known and one alone is near', () => {
    const known = people('DIOP|Awa Marie|SN', 'FALL|Jean', 'SOW|Jean-Paul|SN');
    for (const [wholeName, id] of [
      ['Awa DIOP', 0],
      ['DIOP A. M.', 0],
      ['J. Fall', 1],
      ['Jean Sow', 2],
    ] as const)
      expect(told({ wholeName }, known, { expected: true }), wholeName).toMatch(`=${id} `);
    expect(told({ wholeName: 'J. Fall' }, people('FALL|Jean', 'FALL|Jeanne'), { expected: true })).toBe('? 0 1 person.homonyms');
    expect(told({ wholeName: 'Mohammed Konate' }, people('KONATÉ|Mohamed'), { expected: true })).toBe('? 0 person.nameSimilar');
    expect(told({ wholeName: 'Awa DIOP', country: 'ML' }, known, { expected: true })).toBe('? 0 person.countryDiffers');
  });

  it('gives way to the one that is right', () => {
    const known = people('DIOP|Awa Marie', 'DIOP|Awa', 'Moussa|Ibrahim', 'Ibrahim|Moussa');
    expect(told('DIOP|Awa', known)).toBe('=1 names');
    expect(told('Ibrahim|Moussa', known)).toBe('=3 names');
    expect(told({ wholeName: 'Moussa Ibrahim' }, known)).toBe('? 2 3 person.homonyms');
  });

  it('is not one for two of a family, for a father’s name and for numbers', () => {
    for (const [known, other] of [
      ['DIOP|Awa', 'DIOP|Fatou'],
      ['SANE|Moussa', 'SENE|Moussa'],
      ['NOM 1|Prénom 1', 'NOM 11|Prénom 11'],
      ['NOM 1|Prénom 11', 'NOM 2|Prénom 11'],
      ['DIOP|Awa Marie', 'NDIAYE|Awa Marie'],
    ])
      expect(told(other!, people(known!)), other).toMatch(/^\+ person\.(nobody|similar)$/);
    expect(told('Ben Ali|Mohamed', people('Ali|Mohamed'))).toBe('? 0 person.nameClose');
    expect(told('|', people('Ali|Mohamed'))).toBe('+ person.unnamed');
    expect(told('X|Y', [{ ...people('||||')[0]! }])).toBe('+ person.nobody');
  });
});

it('finds ten thousand people among ten thousand without comparing each with each', () => {
  const families = ['DIALLO', 'TRAORE', 'KONE', 'DIOP', 'FALL', 'BA', 'SOW', 'KEITA'];
  const known = people(...Array.from({ length: 10_000 }, (_, at) => `${families[at % 8]}|Awa ${at}|SN|Tribunal ${at % 40}||P-${at}`));
  const index = indexPeople(known);
  let compared = 0;
  const except = { has: () => (compared++, false) };
  for (const { id, familyName, givenName } of known) {
    expect(whoIs({ wholeName: `${givenName} ${familyName}` }, index, { except })).toMatchObject({ is: 'same', id });
    expect(whoIs({ familyName: familyName!, givenName: `${givenName} Marie` }, index, { expected: true, except })).toMatchObject({
      is: 'same',
      id,
    });
  }
  expect(compared / known.length).toBeLessThan(5);
});

it('says of random lists what comparing each with each says', () => {
  // A few names, written so that several spellings stand under one key with others in between.
  const family = fc.constantFrom('N Guessan', 'NGuessan', 'DIOP', 'KONÉ', 'de Souza', 'Moussa', '');
  const given = fc.constantFrom('Awa', 'A.', 'Awa Marie', 'Moussa', 'Mousa', 'Diop', '');
  const evidence = fc.record({
    ...{ familyName: family, givenName: given },
    email: fc.constantFrom('', 'a@example.org', 'b@example.org', 'B@example.org', 'greffe@example.org'),
    ref: fc.constantFrom('', 'P01', 'P02', 'M-1', '7'),
    country: fc.constantFrom('', 'SN', 'ML'),
    institution: fc.constantFrom('', 'Parquet', 'Parquet de Dakar', 'PD', 'Cour d’appel'),
  });
  const rows = fc.array(
    fc.oneof(
      evidence,
      evidence.map(({ familyName, givenName, ...rest }) => ({ ...rest, wholeName: `${givenName} ${familyName}` })),
    ),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(
      fc.array(evidence, { maxLength: 12 }),
      rows,
      fc.boolean(),
      fc.array(fc.nat(11), { maxLength: 3 }),
      (list, file, expected, out) => {
        const known = list.map((person, at) => ({ id: String(at), ...person }));
        const index = indexPeople(known, file);
        for (const one of file) {
          const options = { expected, except: new Set(out.map(String)) };
          expect(whoIs(one, index, options)).toEqual(whoByComparingAll(one, known, index, options));
        }
      },
    ),
    { numRuns: 600 },
  );
});
