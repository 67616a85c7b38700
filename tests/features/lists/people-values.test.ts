import { describe, expect, it } from 'vitest';
import { listOf, namesOf, peopleOf, sourceOf, rowsAt } from '../../support/lists/lists.ts';

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
    expect(open.questions).toMatchObject([{ key: 'sex:C:M', code: 'sex.letter', subject: 'M', chosen: null, rows: rowsAt(2, 3) }]);
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
    expect(list.questions).toMatchObject([{ code: 'email.two', options: ['A', 'D'], chosen: 'A', rows: rowsAt(3) }]);
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
      { key: 'profession:C:magistrat', code: 'profession.text', subject: 'magistrat', chosen: '', rows: rowsAt(2, 3, 4, 5, 6) },
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

describe('states of registration', () => {
  it.each([
    ['Estado', 'Confirma', 'Cancela', 'Duplicado'],
    ['Statut', 'Confirmé', 'Annule', 'Doublon'],
    ['Estado', 'Confirmou', 'Desistiu', 'Duplicado'],
    ['Status', 'Confirms', 'Dropped out', 'Duplicate'],
  ])('leave out who does not come, in the words of those who answered: %s %s', (heading, comes, not, twice) => {
    const lines = [
      `Nom|Prénom|${heading}`,
      `DIOP|Awa|${comes}`,
      `FALL|Ibra|${not}`,
      `KILO|Ana|${comes}`,
      `KILO|Ana|${twice}`,
      `SOW|Fatou|${comes}`,
    ];
    const list = listOf(sourceOf(lines));
    expect(list.left.map(({ row, why }) => [row, why])).toEqual([
      [3, 'withdrawn'],
      [5, 'withdrawn'],
    ]);
    expect(list.rows).toHaveLength(3);
  });

  it('that are not known are doubted, and do not hide the others', () => {
    const lines = ['Nombre|Apellidos|Estado', 'Ana|ROJAS|Confirma', 'Luz|QUISPE|Cancela', 'Eva|KILO|Asunto económico', 'Juan|LADERA|'];
    expect(listOf(sourceOf(lines)).left.map(({ row }) => row)).toEqual([3]);
    expect(peopleOf(lines).map(({ doubts }) => doubts.map(({ code }) => code).join())).toEqual(['', 'state.unknown', '']);
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
