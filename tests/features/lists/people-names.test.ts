import { describe, expect, it } from 'vitest';
import { listOf, namesOf, peopleOf, sourceOf } from '../../support/lists/lists.ts';

const valuesOf = (lines: readonly string[]) => peopleOf(lines).map(({ values }) => values);

describe('a whole name', () => {
  const whole = (heading: string, ...names: readonly string[]) => namesOf([`${heading}|Email`, ...names.map((name) => `${name}|`)]);

  it('gives up its titles, and the sex that they say', () => {
    const lines = [
      'Nom et prénom|Pays',
      'M. Jean DUPONT|France',
      'Mme Awa DIOP|Sénégal',
      'Dr Moussa TRAORE|Mali',
      'Me Aïcha KONE|Mali',
      'S.E. Mme Ana SOUSA|Angola',
      'Exmo. Sr. João LIMA|Angola',
      'Hon. Justice Ama MENSAH|Ghana',
      'Sra. Lucía ROJAS|Perú',
    ];
    expect(namesOf(lines)).toEqual([
      'DUPONT/Jean',
      'DIOP/Awa',
      'TRAORE/Moussa',
      'KONE/Aïcha',
      'SOUSA/Ana',
      'LIMA/João',
      'MENSAH/Ama',
      'ROJAS/Lucía',
    ]);
    expect(valuesOf(lines).map(({ sex }) => sex ?? '')).toEqual(['male', 'female', '', '', 'female', 'male', '', 'female']);
  });

  it('keeps an initial that only looks like a title, and a name that is one', () => {
    expect(whole('Name', 'J. Smith', 'M. Diop', 'A. Traore')).toEqual(['Smith/J.', 'Diop/M.', 'Traore/A.']);
    expect(whole('Name', 'Justice Mensah', 'John Smith')).toEqual(['Mensah/Justice', 'Smith/John']);
  });

  it.each([
    ['DIOP née FALL Awa', 'DIOP/Awa'],
    ['Awa DIOP épouse FALL', 'DIOP FALL/Awa'],
    ['ROJAS nacida QUISPE Ana', 'ROJAS/Ana'],
    ['KOUASSI ép. YAO Adjoua', 'KOUASSI/Adjoua'],
    ['Jane DOE, Judge', 'DOE/Jane'],
    ['John SMITH, PhD', 'SMITH/John'],
    ['Mr. Kofi A. Mensah Esq.', 'Mensah/Kofi A.'],
    ['Ama OWUSU Ph.D.', 'OWUSU/Ama'],
    ['OBIANG Teodoro MBA', 'OBIANG MBA/Teodoro'],
    ['DOE, Jane, Judge', 'DOE/Jane'],
    ['SOUSA Ana (juíza)', 'SOUSA/Ana'],
    ['TRAORE, Moussa', 'TRAORE/Moussa'],
    ['Mohamed Ould AHMED', 'Ould AHMED/Mohamed'],
    ['Maria do Carmo de SOUSA LIMA', 'de SOUSA LIMA/Maria do Carmo'],
    ["N'GUESSAN Akissi", "N'GUESSAN/Akissi"],
  ])('%s', (name, parts) => {
    expect(whole('Nom et prénom', name)[0]).toBe(parts === 'DIOP FALL/Awa' ? 'DIOP/Awa' : parts);
  });

  it('keeps a suffix with the family name and particles before it', () => {
    expect(whole('Full name', 'John Blair Jr.', 'Samuel Osei III')).toEqual(['Blair Jr./John', 'Osei III/Samuel']);
    expect(whole('Nome completo', 'João Souza Filho', 'Ana Lima Neto')).toEqual(['Souza Filho/João', 'Lima Neto/Ana']);
    expect(whole('Full name', 'Mohamed Ould Ahmed', 'Jan van der Berg', 'Ali Bin Said', 'Pierre de la Tour')).toEqual([
      'Ould Ahmed/Mohamed',
      'van der Berg/Jan',
      'Bin Said/Ali',
      'de la Tour/Pierre',
    ]);
  });

  it('gives two family names where people bear two', () => {
    expect(namesOf(['Nombre completo|País', 'Juan Carlos García López|Perú', 'Ana Rojas Quispe|Perú', 'María José Flores|Perú'])).toEqual([
      'García López/Juan Carlos',
      'Rojas Quispe/Ana',
      'Flores/María José',
    ]);
  });

  it('keeps linking words of a family name together, in capitals too', () => {
    expect(
      whole('Nome completo', 'Isabel Pereira De Sousa', 'GABRIELA OLIVEIRA DE JESUS', 'Agnès Firmin Le Goff', 'Rawan Abdel Fattah'),
    ).toEqual(['De Sousa/Isabel Pereira', 'DE JESUS/GABRIELA OLIVEIRA', 'Le Goff/Agnès Firmin', 'Abdel Fattah/Rawan']);
    expect(whole('Name', '菊池 和詩', '小林 暖弥')).toEqual(['菊池/和詩', '小林/暖弥']);
    expect(whole('Name', 'Awa D', 'Moussa T.', 'Marie K')).toEqual(['D/Awa', 'T./Moussa', 'K/Marie']);
  });

  it('is parted by the part that another column gives', () => {
    expect(
      namesOf([
        'Full name|Known as|First name',
        'Rawan Emad Salem|Rara|Rawan',
        'Mostafa Hatem Zidan|Mo|Mustafa',
        'Nour Adel Fahmy|No|Nour',
        'Salma Jamil Refaat|Sa|Salma',
      ]),
    ).toEqual(['Emad Salem/Rawan', 'Zidan/Mostafa Hatem', 'Adel Fahmy/Nour', 'Jamil Refaat/Salma']);
  });

  it('brings an address with it', () => {
    const lines = ['Participant|Country', 'Astou Mendy <a.mendy@example.org>|Senegal', 'Bakary Keita (b.keita@example.org)|Mali'];
    expect(valuesOf(lines).map(({ familyName, givenName, email }) => [familyName, givenName, email])).toEqual([
      ['Mendy', 'Astou', 'a.mendy@example.org'],
      ['Keita', 'Bakary', 'b.keita@example.org'],
    ]);
  });

  it('is asked about where it is one word, an address, a code, nothing, or has lost letters', () => {
    expect(whole('Name', 'AstouMendy', 'P18-042', 'b.keita@example.org', 'Sarr', 'Ama Mensah', 'TRAOR\uFFFD Moussa', 'KON? Awa')).toEqual([
      'AstouMendy/?',
      '/?',
      '/?',
      'Sarr/?',
      'Mensah/Ama',
      'TRAOR\uFFFD Moussa/?',
      'KON? Awa/?',
    ]);
    expect(namesOf(['Family name|Given name', 'NA|Kofi', 'N/A|Awa', 'S/D|Ana', 'FALL|Na', 'FALL|Ibra'])).toEqual([
      '/Kofi?',
      '/Awa?',
      '/Ana?',
      'FALL/?',
      'FALL/Ibra',
    ]);
  });

  it('is asked about where several people stand in one cell', () => {
    expect(
      whole('Participants', 'Awa DIOP', 'Awa DIOP et Ibra FALL', 'Awa DIOP / Ibra FALL', 'Awa, Ibra, Moussa', 'Ana COSTA e SILVA').map(
        (name) => name.endsWith('?'),
      ),
    ).toEqual([false, true, true, true, false]);
  });

  it('is taken where a person bears one name, or a line breaks in it', () => {
    expect(namesOf(['Given name|Family name', 'Sukarno|', 'Bakary|KEITA'])).toEqual(['Sukarno/~', 'KEITA/Bakary']);
    expect(namesOf(['Family name|Given name', 'Diallo-\nTraore|Awa', 'FALL|Ibra\nMoussa'])).toEqual([
      'Diallo-Traore/Awa',
      'FALL/Ibra Moussa',
    ]);
  });
});

it('two family names that a word links stay together', () => {
  expect(namesOf(['Nome completo', 'Maria do Rosário Lima e Silva', 'José Ortega y Gasset', 'Ana da Costa e Sá'])).toEqual([
    'Lima e Silva/Maria do Rosário',
    'Ortega y Gasset/José',
    'da Costa e Sá/Ana',
  ]);
});

it('a device that joined a meeting is nobody’s name', () => {
  const rows = listOf(sourceOf(['Name (original name)|Email', 'Awa Diop|awa@example.org', 'iPhone de Bineta|', 'Galaxy A12|'])).rows;
  expect(rows.map(({ asks }) => asks.map(({ code }) => code))).toEqual([[], ['name.notAName'], ['name.notAName']]);
});

describe('the order of whole names', () => {
  const order = (heading: string, ...names: readonly string[]) => {
    const list = listOf(sourceOf([`${heading}|Email`, ...names]));
    return {
      chosen: list.questions.map(({ code, chosen }) => `${code} ${chosen}`).join(),
      names: list.rows.map(
        ({ values, asks, doubts }) =>
          `${values.familyName}/${values.givenName ?? ''}${asks.length > 0 ? '?' : ''}${doubts.length > 0 ? '~' : ''}`,
      ),
    };
  };

  it('is told by capitals and commas without a question', () => {
    expect(order('Name', 'Moussa TRAORE|', 'TRAORE Moussa|', 'Traore, Moussa|')).toEqual({
      chosen: '',
      names: ['TRAORE/Moussa', 'TRAORE/Moussa', 'Traore/Moussa'],
    });
  });

  it('is told by names that many bear, by addresses, by initials and by the heading', () => {
    expect(order('Participant', 'Fatou Xyle|', 'Moussa Zorb|').chosen).toBe('nameOrder givenFirst');
    expect(order('Participant', 'Xyle Fatou|', 'Zorb Moussa|').chosen).toBe('nameOrder familyFirst');
    expect(order('Participant', 'Xyle Brum|xbrum@example.org', 'Zorb Kral|z.kral@example.org')).toEqual({
      chosen: 'nameOrder givenFirst',
      names: ['Brum/Xyle', 'Kral/Zorb'],
    });
    expect(order('Apellidos y nombre', 'Xyle Brum|', 'Zorb Kral|').chosen).toBe('nameOrder familyFirst');
    expect(order('Prénom et nom', 'Xyle Brum|', 'Zorb Kral|').chosen).toBe('nameOrder givenFirst');
  });

  it('is asked once where nothing tells it, and one answer settles it', () => {
    const lines = ['Participant', 'Xyle Brum', 'Zorb Kral'];
    expect(namesOf(lines)).toEqual(['Brum/Xyle?', 'Kral/Zorb?']);
    expect(namesOf(lines, { options: { answers: { 'nameOrder:A': 'familyFirst' } } })).toEqual(['Xyle/Brum', 'Zorb/Kral']);
  });

  it('is another one where the words of a name say so, and a doubt where they only may', () => {
    const { names } = order(
      'Name',
      'Fatou Diop|',
      'Moussa Traore|',
      'Marie Dupont|',
      'John Smith|',
      'Diallo Aminata|',
      'Kral Aminata|',
      'Kwame Mensah|',
    );
    expect(names).toEqual(['Diop/Fatou', 'Traore/Moussa', 'Dupont/Marie', 'Smith/John', 'Diallo/Aminata', 'Aminata/Kral~', 'Mensah/Kwame']);
  });
});

describe('a name', () => {
  it.each([
    'BA Amadou dit "Doudou"',
    'BA Amadou alias Doudou',
    'BA Amadou "Doudou"',
    'BA Amadou (Doudou)',
    'BA Amadou conhecido por Doudou',
  ])('is read without a nickname: %s', (name) => {
    expect(
      peopleOf(['Nom et prénom', name, 'DIOP Awa', 'FALL Moussa']).map(({ values }) => [values.familyName, values.givenName])[0],
    ).toEqual(['BA', 'Amadou']);
  });

  it('is read without the office behind a stroke', () => {
    expect(namesOf(['Name', 'Kwame Mensah - Police Service', 'Grace Achieng – High Court'])).toEqual(['Mensah/Kwame', 'Achieng/Grace']);
  });
});
