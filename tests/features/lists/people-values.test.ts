import { describe, expect, it } from 'vitest';
import { listOf, namesOf, peopleOf, sourceOf } from '../../support/lists/lists.ts';

const valuesOf = (lines: readonly string[]) => peopleOf(lines).map(({ values }) => values);
const column = (heading: string, cells: readonly string[], field: 'sex' | 'country' | 'email' | 'language' | 'profession') =>
  valuesOf([
    `Nom|Prénom|${heading}`,
    ...cells.map((cell, index) => `DIOP|${['Awa', 'Ibra', 'Moussa', 'Fatou', 'Astou', 'Penda'][index % 6]!}|${cell}`),
  ]).map((values) => values[field] ?? '');

describe('the sex', () => {
  it.each([
    ['Sexo (H/M)', ['M', 'H', 'M'], ['female', 'male', 'female']],
    ['Sexo', ['M', 'H', 'm.'], ['female', 'male', 'female']],
    ['Género', ['F', 'M'], ['female', 'male']],
    ['Sexe', ['F', 'H'], ['female', 'male']],
    ['Sexe (M/F)', ['M', 'M'], ['male', 'male']],
    ['Sexo', [...Array<string>(11).fill('F'), 'H', 'M'], [...Array<string>(11).fill('female'), 'male', 'male']],
    ['Sexo', ['V', 'M'], ['male', 'female']],
    ['Sexe', ['M.', 'Mme'], ['male', 'female']],
    ['Civilité', ['M.', 'Mme', 'Mlle', 'Dr'], ['male', 'female', 'female', '']],
    ['Title', ['Mr', 'Mrs', 'Ms', 'Hon.'], ['male', 'female', 'female', '']],
    ['Tratamiento', ['Sr.', 'Sra.', 'D.ª'], ['male', 'female', '']],
    ['Gender', ['Female', 'male', 'Prefer not to say'], ['female', 'male', 'notStated']],
    ['Sexe (1 = homme, 2 = femme)', ['1', '2'], ['male', 'female']],
  ])('under %s', (heading, cells, sexes) => {
    expect(column(heading, cells, 'sex')).toEqual(sexes);
  });

  it('is asked once for the column where nothing says what a letter or a figure means', () => {
    const lines = ['Apellidos|Nombre|Sexo', 'ROJAS|Ana|M', 'QUISPE|Luz|M'];
    const open = listOf(sourceOf(lines));
    expect(open.rows.map(({ values, doubts }) => [values.sex, doubts.length])).toEqual([
      [undefined, 0],
      [undefined, 0],
    ]);
    expect(open.questions).toMatchObject([{ key: 'sex:C:M', code: 'sex.letter', subject: 'M', chosen: null, rows: [2, 3] }]);
    expect(listOf(sourceOf(lines), { options: { answers: { 'sex:C:M': 'female' } } }).rows.map(({ values }) => values.sex)).toEqual([
      'female',
      'female',
    ]);
    const figures = ['Nom|Prénom|Sexe', 'DIOP|Awa|1', 'FALL|Ibra|2'];
    expect(listOf(sourceOf(figures)).questions.map(({ subject }) => subject)).toEqual(['1', '2']);
    expect(listOf(sourceOf(figures), { options: { answers: { 'sex:C:1': 'female' } } }).rows.map(({ values }) => values.sex)).toEqual([
      'female',
      'male',
    ]);
  });
});

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

describe('a country', () => {
  it.each([
    [
      ['N/A', 'n/a', 'Sénégal'],
      ['', '', 'SN'],
    ],
    [
      ['S/D', 'NC', 'Mali'],
      ['', '', 'ML'],
    ],
    [
      ['EU', 'UE', 'Ghana'],
      ['', '', 'GH'],
    ],
    [
      ['MZ', 'NA', 'AO'],
      ['MZ', '', 'AO'],
    ],
    [
      ['sénégalaise', 'Malian', 'peruana', 'moçambicano'],
      ['SN', 'ML', 'PE', 'MZ'],
    ],
    [
      ['Dakar, Sénégal', 'Mali (Bamako)', 'Accra / Ghana'],
      ['SN', 'ML', 'GH'],
    ],
    [
      ['Kosovo*', 'Kosovo (UNSCR 1244)', 'Kosovo 1'],
      ['XK', 'XK', 'XK'],
    ],
    [
      ['Sénégal, mais je réside au Mali', 'Congo', 'Mali / Niger'],
      ['', '', ''],
    ],
  ])('%j', (cells, codes) => {
    expect(column('Pays', cells, 'country')).toEqual(codes);
  });

  it('that cannot be read is a doubt, and the person is taken', () => {
    expect(namesOf(['Prenom|Nom|Pays', 'Astou|MENDY|Atlantide', 'Bakary|KEITA|Malien'])).toEqual(['MENDY/Astou~', 'KEITA/Bakary']);
  });

  it('is Namibia where the row speaks of it', () => {
    expect(
      valuesOf([
        'First name|Last name|Country|Email',
        'Ada|OBI|NG|a@example.org',
        'Ben|SHIPENA|NA|b@justice.example.na',
        'Eva|BANDA|ZM|e@example.org',
      ])[1],
    ).toMatchObject({ country: 'NA' });
  });

  it('of a section holds for the rows under it', () => {
    expect(
      valuesOf([
        'Nom|Prénom|Courriel',
        'SÉNÉGAL||',
        'DIOP|Awa|a@example.org',
        'MALI||',
        'KEITA|Sidi|s@example.org',
        'KONE|Ali|k@example.org',
      ]).map(({ country }) => country),
    ).toEqual(['SN', 'ML', 'ML']);
  });
});

describe('an address', () => {
  it('is the first that can be written to', () => {
    expect(
      column(
        'Email',
        ['a@example.org; b@example.org', 'mailto:c@example.org', '<d@example.org>', 'e@example.org.', 'néant', 'Awa Diop <f@example.org>'],
        'email',
      ),
    ).toEqual(['a@example.org', 'c@example.org', 'd@example.org', 'e@example.org', '', 'f@example.org']);
  });

  it('that is none is a doubt', () => {
    expect(namesOf(['Nom|Prénom|Courriel', 'DIOP|Awa|awa at example.org', 'FALL|Ibra|i@example.org'])).toEqual(['DIOP/Awa~', 'FALL/Ibra']);
  });

  it('of two columns is that which is filled; where they differ one question is for all', () => {
    const list = listOf(
      sourceOf([
        'Adresse e-mail|Nom|Prénom|Email professionnel',
        '|DIOP|Awa|awa@example.org',
        'perso@example.org|FALL|Ibra|ibra@example.org',
      ]),
    );
    expect(list.rows.map(({ values }) => values.email)).toEqual(['awa@example.org', 'perso@example.org']);
    expect(list.questions).toMatchObject([{ code: 'email.two', options: ['A', 'D'], chosen: 'A', rows: [3] }]);
  });
});

describe('languages and professions', () => {
  it('take the person where the language is none of the four', () => {
    const lines = ['nom|prenom|langue', 'DIOP|Awa|fr en', 'FALL|Ibra|wolof', 'SOW|Ada|Arabe, français'];
    expect(valuesOf(lines).map(({ language }) => language ?? '')).toEqual(['fr', '', 'fr']);
    expect(namesOf(lines)).toEqual(['DIOP/Awa', 'FALL/Ibra~', 'SOW/Ada']);
  });

  it('ask once for a text that comes back, and not in every row', () => {
    const rows = ['DIOP|Awa', 'FALL|Ibra', 'SOW|Ada', 'KEITA|Sidi', 'BA|Omar'].map((name) => `${name}|magistrat`);
    const list = listOf(sourceOf(['Nom|Prénom|Profession', ...rows]));
    expect(list.rows.every(({ doubts }) => doubts.length === 0)).toBe(true);
    expect(list.questions).toMatchObject([
      { key: 'profession:C:magistrat', code: 'profession.text', subject: 'magistrat', chosen: '', rows: [2, 3, 4, 5, 6] },
    ]);
    expect(
      listOf(sourceOf(['Nom|Prénom|Profession', ...rows]), { options: { answers: { 'profession:C:magistrat': 'judge' } } }).rows.map(
        ({ values }) => values.profession,
      ),
    ).toEqual(Array(5).fill('judge'));
  });

  it('take an office behind a name for the profession where the list has no other', () => {
    expect(
      valuesOf(['Full name|Country', 'Jane DOE, Judge|Ghana', 'John SMITH, PhD|Ghana']).map(({ profession }) => profession ?? ''),
    ).toEqual(['judge', '']);
  });
});

describe('the profession', () => {
  it.each([
    [
      'Fonction',
      [
        'Juge au TGI de Thiès',
        'Substitut du Procureur près le TGI',
        'Juge d’instruction au 2e cabinet',
        'Avocat général près la Cour',
        'Avocat à la Cour',
        'Conseiller juridique',
      ],
      ['judge', 'prosecutor', 'investigatingJudge', 'prosecutor', 'lawyer', ''],
    ],
    [
      'Position',
      [
        'Judge of the High Court',
        'Senior State Prosecutor',
        'Superintendent of Police',
        'High Court Judge, Kisumu',
        'Registrar of companies',
        'Principal Magistrate',
      ],
      ['judge', 'prosecutor', 'lawEnforcement', 'judge', '', ''],
    ],
    [
      'Cargo',
      ['Juiz de Direito', 'Juíza Desembargadora', 'Inspetor da PJ', 'Promotora de Justiça', 'Fiscal de obras', 'Investigador'],
      ['judge', 'judge', 'lawEnforcement', 'prosecutor', '', ''],
    ],
    [
      'Puesto',
      [
        'Juez de Primera Instancia',
        'Fiscal Provincial de Lima',
        'Inspector de Trabajo',
        'Procuradora de los Tribunales',
        'Jueza de instrucción nº 3',
        'Magistrada',
      ],
      ['judge', 'prosecutor', '', '', 'investigatingJudge', ''],
    ],
  ])(
    'under %s is read with its place and rank, and left open where another place makes it another office',
    (heading, cells, professions) => {
      expect(column(heading, cells, 'profession')).toEqual(professions);
    },
  );
});

describe('a state of registration', () => {
  it.each([
    ['Confirmado?', ['Sim', 'Não', 'Talvez']],
    ['Participation confirmée', ['Oui', 'Non', 'Peut-être']],
    ['¿Asistirá?', ['Sí', 'No', 'Quizás']],
    ['Attending', ['Yes', 'No', 'Maybe']],
  ])('under %s keeps who comes, and names who is left out', (heading, answers) => {
    const read = listOf(sourceOf([`Nom|Prénom|${heading}`, ...answers.map((answer, i) => `${['DIOP', 'FALL', 'SOW'][i]!}|Awa|${answer}`)]));
    expect(read.rows.map(({ values }) => values.familyName)).toEqual(['DIOP']);
    expect(read.left).toMatchObject([
      { name: 'FALL Awa', why: 'withdrawn' },
      { name: 'SOW Awa', why: 'withdrawn' },
    ]);
  });

  it('is none where yes and no answer another question', () => {
    const read = listOf(sourceOf(['Nom|Prénom|Do you agree to be photographed?', 'DIOP|Awa|Yes', 'FALL|Moussa|No']));
    expect(read.rows.length).toBe(2);
  });
});

describe('an address', () => {
  it.each(['CONTACT', 'Coordonnées', 'Teléfono / correo', 'Tel/Email'])('is found among telephones under %s', (heading) => {
    const lines = [
      `Nom|Prénom|${heading}`,
      'DIOP|Awa|77 123 45 67 / awa@example.org',
      'FALL|Moussa|77 000 00 00',
      'SOW|Ana|sow@example.org',
    ];
    const read = listOf(sourceOf(lines));
    expect(read.rows.map(({ values, doubts }) => [values.email, doubts.length])).toEqual([
      ['awa@example.org', 0],
      [undefined, 0],
      ['sow@example.org', 0],
    ]);
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
