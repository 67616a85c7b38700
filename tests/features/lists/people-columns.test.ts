import { describe, expect, it } from 'vitest';
import { readPeople } from '../../../shared/features/people/list/read-list.ts';
import { fieldsOf, listOf, namesOf, peopleOf, sheetOf, sourceOf } from '../../support/lists/lists.ts';

describe('columns by their headings', () => {
  it.each([
    ['Surname|Other Names|Country|Institution', 'MENSAH|Kwame Kofi|Ghana|High Court', 'familyName givenName country institution'],
    [
      'Primer nombre|Segundo nombre|Primer apellido|Segundo apellido',
      'Ana|Lucía|ROJAS|QUISPE',
      'givenName secondGivenName familyName secondFamilyName',
    ],
    ['First name|Middle name|Last name|Nationality', 'Ada|Grace|OBI|Nigerian', 'givenName secondGivenName familyName country'],
    ['participant/nom|participant/prenom|_id|_uuid|start', 'DIOP|Awa|101|u1|2026-01-05', 'familyName givenName   '],
    ['inscricao-apelido|inscricao-nome|inscricao-pais', 'SOUSA|Ana|Angola', 'familyName givenName country'],
    ['participant.first_name|participant.last_name|participant.email_address', 'Awa|DIOP|a@example.org', 'givenName familyName email'],
    [
      'Horodateur|Adresse e-mail|1. Nom (en majuscules)|2. Prénom(s)|3. Votre pays ?',
      '2026/01/05|a@example.org|DIOP|Awa|Sénégal',
      ' email familyName givenName country',
    ],
    ['Q01. Apellidos|Q02. Nombres|Q03. ¿Cuál es su institución?', 'ROJAS|Ana|Corte Superior', 'familyName givenName institution'],
    ['Marca temporal|¿Cuál es su nombre completo?|País de residencia', '2026/01/05|Ana Lucía Rojas|Perú', ' fullName country'],
    ['ID|Start time|Completion time|Email|Name|Gender', '7|1/5/26 9:00|1/5/26 9:01|a@example.org|Ama MENSAH|F', '   email fullName sex'],
    [
      "Prénom|Nom de famille|Numéro d'identification|Adresse de courriel|Institution|Département",
      'Awa|DIOP|P01|a@example.org|Parquet|',
      'givenName familyName ref email institution ',
    ],
    [
      'Nome|Apelido|Número de identificação|Endereço de correio eletrónico',
      'Ana|SOUSA|P01|a@example.org',
      'givenName familyName ref email',
    ],
    [
      'Order code|Attendee name|Attendee name: Given name|Attendee name: Family name|Attendee email',
      'A1|Awa DIOP|Awa|DIOP|a@example.org',
      '  givenName familyName email',
    ],
    ['Delegate First Name|DELEGATE LAST NAME|Sex', 'Astou|MENDY|F', 'givenName familyName sex'],
    ['Nom de l’étudiant|Prénom de l’étudiant|Établissement', 'DIOP|Awa|ENM', 'familyName givenName institution'],
    ['Apr_Nome|Apr_Pais', 'Ana SOUSA|Angola', 'fullName country'],
    ['Nom / Family name|Prénom / Given name|Pays / Country', 'DIOP|Awa|Mali', 'familyName givenName country'],
    ['Apelido e nome próprio|Instituição de origem|Função', 'SOUSA Ana|Tribunal|juíza', 'fullName institution profession'],
    ['Civilité|Nom|Prénom|Nationalité', 'Mme|DIOP|Awa|sénégalaise', 'civility familyName givenName country'],
    ['First name|Last name|Company Name', 'Astou|MENDY|Supreme Court', 'givenName familyName institution'],
    ['Nombre y apellidos|Cargo|Empresa', 'Ana ROJAS|Fiscal|Fiscalía', 'fullName profession institution'],
    ['participant/nom|participant/prenom|institution/pays', 'Diop|Awa|sn', 'familyName givenName country'],
    ['Nom|Prénom|Institution/Fonction', 'Diop|Awa|Cour suprême', 'familyName givenName institution'],
    ['Nom|Prénom|Email pro|Email perso', 'Diop|Awa|a@example.org|b@example.org', 'familyName givenName email email'],
    ['Apellidos|Nombres|Correo|Correo alternativo', 'Rojas|Ana|a@example.org|b@example.org', 'familyName givenName email email'],
    ['Nome|Apelido|E-mail|E-mail do supervisor', 'Ana|Sousa|a@example.org|b@example.org', 'givenName familyName email '],
    ['Name (Original Name)|User Email|Approval Status', 'Ama MENSAH|a@example.org|approved', 'fullName email state'],
  ])('%s', (headings, row, fields) => {
    expect(fieldsOf([headings, row]).join(' ')).toBe(fields);
  });

  it('stand in two rows', () => {
    expect(fieldsOf(['Participant||Contact', 'Nom|Prénom|Courriel', 'DIOP|Awa|a@example.org', 'FALL|Ibra|i@example.org'])).toEqual([
      'familyName',
      'givenName',
      'email',
    ]);
  });

  it('head the names by a profession, beside a column of first names', () => {
    const lines = ['Judge|Court|name|gender', 'Astou N. Mendy|Dakar|Astou|female', 'Astou R. Keita|Thies|Astou|female'];
    expect(namesOf(lines)).toEqual(['Mendy/Astou N.', 'Keita/Astou R.']);
    expect(namesOf(['Magistrat|Pays', 'DIOP Awa|Sénégal', 'FALL Ibra|Sénégal'])).toEqual(['DIOP/Awa', 'FALL/Ibra']);
    expect(fieldsOf(['Nom|Prénom|Juge', 'DIOP|Awa|oui', 'FALL|Ibra|non'])).toEqual(['familyName', 'givenName', '']);
  });
});

describe('columns by what stands in them', () => {
  it('need no heading row', () => {
    const lines = [
      'PER-001|MENDY|Astou|a.mendy@example.org',
      'PER-002|KEITA|Bakary|b.keita@example.org',
      'PER-003|SARR|Coumba|c.sarr@example.org',
    ];
    const list = listOf(sourceOf(lines));
    expect(list.understood.headerRow).toBe(0);
    expect(list.rows.map(({ values }) => values)).toEqual([
      { ref: 'PER-001', familyName: 'MENDY', givenName: 'Astou', email: 'a.mendy@example.org' },
      { ref: 'PER-002', familyName: 'KEITA', givenName: 'Bakary', email: 'b.keita@example.org' },
      { ref: 'PER-003', familyName: 'SARR', givenName: 'Coumba', email: 'c.sarr@example.org' },
    ]);
  });

  it('find the given name under an unknown heading', () => {
    expect(namesOf(['Personal|Family|Email', 'Astou|MENDY|a.mendy@example.org', 'Bakary|KEITA|b.keita@example.org'])).toEqual([
      'MENDY/Astou',
      'KEITA/Bakary',
    ]);
  });

  it('find addresses and countries under any heading, and say why', () => {
    const list = listOf(
      sourceOf(['Nom|Prénom|Où vous joindre|D’où venez-vous', 'DIOP|Awa|a@example.org|Sénégal', 'KEITA|Sidi|s@example.org|Mali']),
    );
    expect(list.understood.columns.map(({ field, why }) => `${field} ${why}`)).toEqual([
      'familyName both',
      'givenName both',
      'email content',
      'country content',
    ]);
  });

  it('are no number of a person where several share it, where it is a telephone, or counts the lines', () => {
    expect(
      peopleOf(['nom|prenom|Cours|code', 'MENDY|Astou|Preuve|PRE101', 'KEITA|Bakary|Preuve|PRE101', 'SARR|Coumba|Droit|DRO102']).every(
        ({ values }) => values.ref === undefined,
      ),
    ).toBe(true);
    expect(
      peopleOf(['Name|Surname|Number', 'Astou|MENDY|0022177123', 'Bakary|KEITA|0022177124']).every(
        ({ values }) => values.ref === undefined,
      ),
    ).toBe(true);
    const numbered = peopleOf(['N°|Nom|Prénom', '1|MENDY|Astou', '2|KEITA|Bakary', '3|SARR|Coumba']);
    expect(numbered.map(({ runningNumber, values }) => [runningNumber, values.ref])).toEqual([
      [true, undefined],
      [true, undefined],
      [true, undefined],
    ]);
    expect(peopleOf(['ID|Nom|Prénom', '001|MENDY|Astou', '002|KEITA|Bakary']).map(({ values }) => values.ref)).toEqual(['001', '002']);
  });

  it('are no countries where they say yes and no, and no people where nothing says so', () => {
    expect(fieldsOf(['Nombre|Apellido|¿Necesita visa?', 'Ana|ROJAS|No', 'Luz|QUISPE|Si'])).toEqual(['givenName', 'familyName', '']);
    // Two letters of a state of a country are no country, whatever country has them too.
    expect(fieldsOf(['First name|Last name|State', 'Ada|OBI|AL', 'Ngozi|EZE|AZ'])).toEqual(['givenName', 'familyName', '']);
    const refusal = (lines: readonly string[]) => {
      const read = readPeople(sourceOf(lines), {}, { languages: ['fr'] });
      return read.ok ? null : read.refusal.code;
    };
    expect(refusal(['FSTE|Professeur|x@example.org', 'Lion|Expert|y@example.org'])).toBe('people.headerUnknown');
    expect(fieldsOf(['First student|Second student|Name', 'ALAOUI|TAZI|Projet Un', 'IDRISSI|FASSI|Projet Deux'])).toEqual([
      '',
      '',
      'fullName',
    ]);
  });

  it('are told from headings that only look like theirs', () => {
    // A state of a country is no state of registration; a role in a meeting is no profession.
    expect(fieldsOf(['First name|Last name|State|Role', 'Ada|OBI|Lagos|Attendee', 'Ngozi|EZE|Enugu|Presenter'])).toEqual([
      'givenName',
      'familyName',
      '',
      '',
    ]);
  });
});

describe('columns by hand', () => {
  const lines = ['Foo|Bar|Email', 'Astou|MENDY|a@example.org', 'Bakary|KEITA|b@example.org'];

  it('obey whoever chooses', () => {
    const chosen = listOf(sourceOf(lines), { options: { columns: { A: 'familyName', B: 'givenName', C: '' } } });
    expect(chosen.understood.columns.map(({ field, why }) => `${field} ${why}`)).toEqual([
      'familyName chosen',
      'givenName chosen',
      ' chosen',
    ]);
  });
});

describe('the sheets of a file', () => {
  const first = sheetOf(['Nom|Prénom|Pays', 'DIOP|Awa|Sénégal', 'FALL|Ibra|Sénégal'], 'Groupe 1');
  const second = sheetOf(['Liste du groupe 2', '', 'Prénom|Nom', 'Ada|SOW'], 'Groupe 2');
  const cover = sheetOf(['Atelier de Dakar', 'Dates|2-3 mars'], 'Couverture');
  const hidden = sheetOf(['Nom|Prénom', 'SECRET|Liste'], 'Listes', { hidden: true });

  it('are all read that hold people, and the others said', () => {
    const list = listOf(sourceOf(cover, hidden, first, second));
    expect(list.rows.map(({ sheet, row, values }) => `${sheet} ${row} ${values.familyName}`)).toEqual([
      'Groupe 1 2 DIOP',
      'Groupe 1 3 FALL',
      'Groupe 2 4 SOW',
    ]);
    expect(list.understood.sheets.map(({ name, used }) => `${name} ${used}`)).toEqual([
      'Couverture false',
      'Listes false',
      'Groupe 1 true',
      'Groupe 2 true',
    ]);
    expect(listOf(sourceOf(first, second), { options: { sheet: 'Groupe 2' } }).rows).toHaveLength(1);
  });

  it('leave out hidden rows and columns, and say so', () => {
    const sheet = sheetOf(['Nom|Prénom|Pays', 'DIOP|Awa|Sénégal', 'FALL|Ibra|Mali'], '', { hiddenRows: [3] });
    const source = sourceOf({ ...sheet, rows: sheet.rows.map((row) => ({ ...row, hiddenCells: [2] })) });
    const list = listOf(source);
    expect(list.rows.map(({ values }) => values)).toEqual([{ familyName: 'DIOP', givenName: 'Awa' }]);
    expect(list.accounting.close(source).leftFor).toEqual([
      { why: 'header', cells: 3 },
      { why: 'hiddenColumn', cells: 1 },
      { why: 'hiddenRow', cells: 3 },
    ]);
    expect(listOf(source, { options: { columns: { C: 'country' } } }).rows[0]!.values.country).toBe('SN');
  });

  it('may tell the same people twice, as a report of a meeting does', () => {
    const list = listOf(
      sourceOf([
        '1. Summary',
        '2. Participants',
        'Name|First Join|Email',
        'Awa DIOP|9:00|a@example.org',
        'Ibra FALL|9:05|',
        '',
        '3. In-Meeting Activities',
        'Name|Join Time|Email',
        'Awa DIOP|9:00|a@example.org',
        'Ibra FALL|9:05|',
        'Ibra FALL|10:05|',
      ]),
    );
    expect(list.rows.map(({ values }) => values.familyName)).toEqual(['DIOP', 'FALL']);
  });

  it('refuse what is no list of people, and a list of nobody', () => {
    const refusal = (lines: readonly string[]) => {
      const read = readPeople(sourceOf(lines), {}, { languages: ['fr'] });
      return read.ok ? null : read.refusal.code;
    };
    expect(refusal(['Pays|Email', 'Mali|a@example.org'])).toBe('people.headerUnknown');
    expect(refusal(['Nom|Prénom'])).toBe('table.empty');
  });

  it('leave out those whose registration says that they do not come', () => {
    const list = listOf(
      sourceOf([
        'ID|Name|Email Address|Registration state',
        '1|Awa DIOP|a@example.org|Completed',
        '2|Ibra FALL|i@example.org|Withdrawn',
        '3|Ada SOW|s@example.org|Awaiting approval',
      ]),
    );
    expect(list.rows.map(({ values }) => values.familyName)).toEqual(['DIOP']);
    expect(list.left.map(({ row, why }) => `${row} ${why}`)).toEqual(['3 withdrawn', '4 withdrawn']);
  });
});

describe('family names in parts', () => {
  it.each([
    'Apellido1|Apellido2|Nombre',
    '1er apellido|2º apellido|Nombre',
    'Primer Apellido|Segundo Apellido|Nombre',
    'APELLIDO_1|APELLIDO_2|NOMBRE_1',
    'Last name 1|Last name 2|First name',
  ])('stand under %s', (headings) => {
    const read = listOf(sourceOf([headings, 'García|López|María del Carmen', 'de la Fuente||José']));
    expect(read.rows.map(({ values }) => [values.familyName, values.givenName])).toEqual([
      ['García López', 'María del Carmen'],
      ['de la Fuente', 'José'],
    ]);
  });

  it('under a heading that nobody knows are asked about, and never left beside given names', () => {
    const read = listOf(sourceOf(['Clan|Nombre|Centro', 'García|María|IES Norte', 'López|José|IES Sur', 'Núñez|Ana|IES Norte']));
    expect(read.questions).toMatchObject([{ code: 'nameColumns' }]);
    expect(read.rows.map(({ values }) => [values.familyName, values.givenName])).toEqual([
      ['García', 'María'],
      ['López', 'José'],
      ['Núñez', 'Ana'],
    ]);
  });
});

describe('a question as a heading', () => {
  it.each([
    'Which organisation do you represent?',
    'Quelle institution représentez-vous ?',
    '¿Qué institución representa?',
    'Que instituição representa?',
  ])('asks for the institution: %s', (heading) => {
    expect(listOf(sourceOf([`Nom|Prénom|${heading}`, 'DIOP|Awa|Cour suprême'])).rows[0]!.values.institution).toBe('Cour suprême');
  });
});
