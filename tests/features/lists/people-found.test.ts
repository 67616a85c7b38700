import { describe, expect, it } from 'vitest';
import { readPeople } from '../../../shared/features/people/list/read-list.ts';
import { fieldsOf, listOf, namesOf, peopleOf, sheetOf, sourceOf, rowsAt } from '../../support/lists/lists.ts';

const refusalOf = (lines: readonly string[]): string | null => {
  const read = readPeople(sourceOf(lines), {}, { languages: ['en'] });
  return read.ok ? null : read.refusal.code;
};

describe('rows that are nearly headings', () => {
  it.each([
    ['Nom|Rouge|Bleu|Vert', 'Awa Diop|Rouge|Bleu|Vert'],
    ['Name|Ethics|Evidence|Appeals', 'Astou Mendy|Ethics|Evidence|Appeals'],
    ['Nombre|Lunes|Martes', 'Nora Quispe|Lunes|Martes'],
  ])('are somebody, where a column is ticked with its own heading: %s', (headings, row) => {
    const list = listOf(sourceOf([headings, 'Ibra Fall|||', row, 'Ana Lucía Rojas|||']));
    expect(list.left).toEqual([]);
    expect(list.rows.map(({ row: at }) => at)).toEqual([2, 3, 4]);
  });

  it('are the headings once more, shortened or not', () => {
    const list = listOf(sourceOf(['N°|Nom|Prénom|Pays', '1|DIOP|Awa|Mali', 'N°|Nom|Prénoms|Pays', '2|FALL|Ibra|Mali']));
    expect(list.left.map(({ row, why }) => [row, why])).toEqual([[3, 'header']]);
  });

  it('are headings in several rows, the days beside them', () => {
    const list = listOf(
      sourceOf([
        'No.|Matrícula|Nombre|ASISTENCIA|ASISTENCIA',
        'No.|Matrícula|Nombre|9|10',
        '1|A101|Ana Rojas Quispe|P|P',
        '2|A102|Juan Kilo Ladera|P|F',
      ]),
    );
    expect(list.left.map(({ row, why }) => [row, why])).toEqual([[2, 'header']]);
    expect(list.rows).toHaveLength(2);
  });

  it.each(['Max Weber', 'Soma Traoré', 'Suma Okello', 'Media Sow'])('are somebody, and no sum: %s', (name) => {
    expect(listOf(sourceOf(['Name', 'Astou Mendy', name, 'Ibra Fall'])).rows).toHaveLength(3);
    expect(listOf(sourceOf(['Name|Country', 'Astou Mendy|Mali', `${name}|`, 'Ibra Fall|Mali'])).rows).toHaveLength(3);
  });

  it('are sums, and remarks of who wrote the file by hand', () => {
    const list = listOf(sourceOf(['Nombre|Puntos', '# grupo 2025', 'Ana Rojas|12', 'Luz Quispe|9', 'Max|12', 'Promedio|10,5']));
    expect(list.left.map(({ row, why }) => [row, why])).toEqual([
      [2, 'section'],
      [5, 'total'],
      [6, 'total'],
    ]);
  });

  it('are no headings under rows of their own shape, whatever a word in them could head', () => {
    const rows = [
      'Ibra Fall|PS|Thiès',
      'Awa Diop|UN|Kolda',
      'Moussa Traoré|PS|Ségou',
      'Aminata Keita|Tribunal|Mopti',
      'Fatou Sow|UN|Kayes',
    ];
    expect(namesOf(rows)).toEqual(['Fall/Ibra', 'Diop/Awa', 'Traoré/Moussa', 'Keita/Aminata', 'Sow/Fatou']);
    expect(fieldsOf(['#nom;x', 'DIOP Awa;1'].map((line) => line.replace(';', '|')))).toEqual(['fullName', '']);
    expect(fieldsOf(['#name|#company|#role', 'Awa Diop|Parquet|Judge'])).toEqual(['fullName', 'institution', 'profession']);
  });

  it('stand over the list, under headings that say less', () => {
    const officers = ['Officers', 'Rank|Full Name HN', 'Commander|Kofi Addo HN', 'Ensign|Abena Osei HN', 'Ensign|Yaw Ofori HN'];
    const others = ['Others', 'Rank (specialty)|Full Name', 'Petty Officer|Esi Mensah', 'Sailor|Ama Boateng'];
    const list = listOf(sourceOf([...officers, ...others]));
    expect(list.rows.map(({ row }) => row).sort((a, b) => a - b)).toEqual([3, 4, 5, 8, 9]);
    expect(list.understood.headerRow).toBe(7);
    const titles = ['Curso|Pruebas', 'Lugar|Lima', 'Formadora|Ana Rojas', 'Nombre|País', 'Luz Quispe|Perú', 'Juan Kilo|Perú'];
    expect(listOf(sourceOf(titles)).rows.map(({ row }) => row)).toEqual([5, 6]);
  });

  it('are headings under titles that fill as many columns', () => {
    const list = listOf(
      sourceOf([
        'Course|Place|Date',
        'Evidence|Dakar|2026-01-05',
        'Name|Country|Email',
        'Awa Diop|Mali|a@example.org',
        'Ibra Fall|Mali|i@example.org',
      ]),
    );
    expect(list.understood.headerRow).toBe(3);
    expect(list.rows).toHaveLength(2);
  });
});

describe('institutions', () => {
  it.each([
    ['Nombres|Apellidos|¿Inscrito en un instituto?', 'Ana|ROJAS|Sí', 'Luz|QUISPE|No estoy inscrita'],
    ['First name|Last name|Are you with an institution?', 'Ada|OBI|Not yet', 'Ngozi|EZE|Lagos'],
    ['Prénom|Nom|Service', 'Awa|DIOP|oui', 'Ibra|FALL|non'],
    ['Nome|Apelido|Divisão / Division', 'Ana|SOUSA|A', 'Rui|LOPES|B'],
    ['Prénom|Nom|Bureau', 'Awa|DIOP|T122', 'Ibra|FALL|H107'],
    ['Nombres|Apellidos|Departamento|Municipio', 'Ana|ROJAS|La Libertad|Santa Tecla', 'Luz|QUISPE|Sonsonate|Izalco'],
    ['Nom|Section', 'DIOP Awa|Nord', 'FALL Ibra|Centre'],
    ['Prénom|Nom|Département|Commune', 'Awa|DIOP|Kolda|Dabo', 'Ibra|FALL|Podor|Ndioum'],
  ])('are no answers, classes, rooms or parts of a country: %s', (headings, ...rows) => {
    expect(fieldsOf([headings, ...rows])).not.toContain('institution');
  });

  it.each([
    ['Prénom|Nom|Département|Commune', 'Awa|DIOP|Direction des affaires civiles|Dabo', 2],
    ['Prénom|Nom|Section', 'Awa|DIOP|Section anticorruption', 2],
    ['First name|Last name|What is your institution?', 'Ada|OBI|Alpha', 2],
    ['Prénom|Nom|Votre tribunal ?', 'Awa|DIOP|Tribunal de Kolda', 2],
    ['First name|Last name|Department|Town', 'Ada|OBI|Office of the Registrar|Lagos', 2],
  ])('stand under the same headings: %s', (headings, row, place) => {
    expect(fieldsOf([headings, row, row.replace(/^\p{L}+/u, 'Esi')])[place]).toBe('institution');
  });

  it.each([
    ['Judge Name|School|Court Name', 'Mendy, Astou|Alpha Law School|District Court of Kolda'],
    ['Nom|École|Nom de la juridiction', 'MENDY Astou|École de droit|Tribunal de Kolda'],
    ['Nombre|Escuela|Nombre del juzgado', 'Ana ROJAS|Escuela de Leyes|Juzgado Segundo'],
    ['Nome|Escola|Nome do tribunal', 'Ana SOUSA|Escola de Direito|Tribunal da Comarca'],
  ])('are the court where somebody sits, and not the school where they learnt: %s', (headings, row) => {
    expect(fieldsOf([headings, row])[2]).toBe('institution');
  });

  it.each([
    'Alpha Srl',
    'Beta S.n.c.',
    'Gama Ltda',
    'Delta GmbH',
    'Epsilon Ltd.',
    'MailUp SpA',
    'Zeta ??',
    'Universidade de Zeta',
    'Tribunal Constitutionnel',
  ])('are nobody’s name: %s', (name) => {
    expect(peopleOf(['Name|Email', `${name}|x@example.org`, 'Awa Diop|a@example.org'])[0]!.asks.map(({ code }) => code)).toEqual([
      'name.notAName',
    ]);
  });

  it.each(['Justice Owusu', 'S.A. Rahman', 'Bruno Court', 'Marie Service'])('leave names alone: %s', (name) => {
    expect(peopleOf(['Name|Email', `${name}|x@example.org`, 'Awa Diop|a@example.org'])[0]!.asks).toEqual([]);
  });
});

describe('whole names', () => {
  it.each([
    ['Коваль Ірина Петрівна', 'Коваль/Ірина Петрівна'],
    ['Ірина Петрівна Коваль', 'Коваль/Ірина Петрівна'],
    ['Зайцев Олег Дмитриевич', 'Зайцев/Олег Дмитриевич'],
    ['Маркович Іван Петрович', 'Маркович/Іван Петрович'],
    ['Petrova Anna Ivanovna', 'Petrova/Anna Ivanovna'],
    ['Əliyeva Leyla Rəşid qızı', 'Əliyeva/Leyla Rəşid qızı'],
  ])('have the father’s name behind the given name: %s', (name, read) => {
    expect(namesOf(['Name|Email', `${name}|x@example.org`, 'Awa Diop|a@example.org'])[0]).toBe(read);
  });

  it('take their order from the father’s names of the others', () => {
    const rows = ['Коваль Ірина Петрівна', 'Рога Олег Іванович', 'Волкова Ніна Олегівна', 'Бездоля Лев Романови'];
    expect(namesOf(['name_surname', ...rows])[3]).toBe('Бездоля/Лев Романови');
  });

  it('are not turned for a given name that is a family name elsewhere', () => {
    const names = ['Anderson Lopes Ferraz', 'Lorenzo Bugli', 'Morris Achieng', 'Alonso Ladera Quintanilla'];
    const others = ['Ana Sousa', 'Pedro Alves', 'Maria Ferreira', 'Carlos Pinto'];
    expect(namesOf(['Full name', ...others, ...names]).slice(4)).toEqual([
      'Ferraz/Anderson Lopes',
      'Bugli/Lorenzo',
      'Achieng/Morris',
      'Quintanilla/Alonso Ladera',
    ]);
    const turned = ['Garcia Ana', 'Lopez Pedro', 'Perez Maria', 'Mena Tzel Raul Roman'];
    expect(namesOf(['Nombre completo', ...turned], { languages: ['es'] })[3]).toBe('Mena Tzel/Raul Roman');
  });

  it('are not doubted for a family name that is a given name as well', () => {
    expect(namesOf(['Nom complet', 'Awa Diop', 'Inès Robert', 'Sophie Thomas', 'Lea Duarte', 'Fatou Henry'])).toEqual([
      'Diop/Awa',
      'Robert/Inès',
      'Thomas/Sophie',
      'Duarte/Lea',
      'Henry/Fatou',
    ]);
  });

  it.each([
    ['Vanessa De Los Ríos Alzamora', 'De Los Ríos Alzamora/Vanessa'],
    ['Ana Saldaña San Martín', 'Saldaña San Martín/Ana'],
    ['Ana Ladrón de Guevara', 'Ladrón de Guevara/Ana'],
    ['María Luisa Díaz Vera', 'Díaz Vera/María Luisa'],
    ['Elena Cal y Mayor', 'Cal y Mayor/Elena'],
    ['Juan Carlos García López', 'García López/Juan Carlos'],
    ['María del Carmen López', 'López/María del Carmen'],
  ])('keep the parts of two Spanish family names: %s', (name, read) => {
    for (const heading of ['Nombre completo', 'Nombre_Completo', 'NombreCompleto'])
      expect(namesOf([heading, 'Ana Rojas Quispe', name])[1]).toBe(read);
  });

  it('have two Spanish family names where enough of them end so, whatever the heading', () => {
    const rows = ['Alberto Esteban Quesada Lizano', 'Ana Gómez Urbina', 'Luz Marina Pérez Kilo', 'Eva Rojas Ladera'];
    expect(namesOf(['Name', ...rows])).toEqual([
      'Quesada Lizano/Alberto Esteban',
      'Gómez Urbina/Ana',
      'Pérez Kilo/Luz Marina',
      'Rojas Ladera/Eva',
    ]);
    const brazilian = ['Alberto Esteves Quadros Lima', 'Ana Gomes Farias', 'Luz Marina Peres Kilo', 'Eva Rosas Lopes'];
    expect(namesOf(['Name', ...brazilian])[0]).toBe('Lima/Alberto Esteves Quadros');
  });

  it.each([
    ['Ervin, Samuel J., III', 'Ervin III/Samuel J.'],
    ['Addo, Kofi, Jr.', 'Addo Jr./Kofi'],
  ])('keep what stands behind a second comma: %s', (name, read) => {
    expect(namesOf(['Name', name, 'Mendy, Astou'])[0]).toBe(read);
  });

  it.each([
    ['Rui Manuel de Almeida e Silva', 'de Almeida e Silva/Rui Manuel'],
    ['Andrea Dalla Costa', 'Dalla Costa/Andrea'],
    ['Cristiano Dal Farra', 'Dal Farra/Cristiano'],
    ['Giulia Di Marco', 'Di Marco/Giulia'],
  ])('keep what ties and leads Portuguese and Italian family names: %s', (name, read) => {
    expect(namesOf(['Full name', 'Ana Sousa', name, 'Paulo Pinto'])[1]).toBe(read);
  });

  it.each([
    ['Díaz Vera Alexis Iván', 'Díaz Vera/Alexis Iván'],
    ['Cal y Mayor Cruz Elena', 'Cal y Mayor Cruz/Elena'],
    ['HERNANDEZ CAL Y MAYOR ELENA', 'HERNANDEZ CAL Y MAYOR/ELENA'],
    ['Díaz de la Cruz Nayla Karenia', 'Díaz de la Cruz/Nayla Karenia'],
  ])('keep them where they stand first: %s', (name, read) => {
    expect(namesOf(['Apellidos y nombres', 'ROJAS QUISPE ANA', name])[1]!.replace('~', '')).toBe(read);
  });

  it('are asked about once where *Nom* says nothing of their order, and they contradict each other', () => {
    for (const rows of [
      ['Kabwe Lusinga', 'Mbuyi Tshala', 'Nkulu Kasa'],
      ['Awa Zambo', 'Fatou Kilo', 'Zambo Mariama', 'Moussa Kilo', 'Kilo Amina'],
    ]) {
      const list = listOf(sourceOf(['Nom|Téléphone', ...rows.map((name, index) => `${name}|+22177000000${index}`)]));
      expect(list.questions.map(({ code, chosen }) => [code, chosen])).toEqual([['nameOrder', null]]);
      expect(list.rows.every(({ asks }) => asks.length === 1)).toBe(true);
    }
    expect(listOf(sourceOf(['Name', 'Kabwe Lusinga', 'Mbuyi Tshala'])).questions.map(({ chosen }) => chosen)).toEqual(['givenFirst']);
  });

  it('of one word are asked about once where they are many', () => {
    const lines = ['Prénom et nom', 'Awa', 'Ibra', 'Fatou', 'Moussa', 'Astou MENDY'];
    const list = listOf(sourceOf(lines));
    const [question] = list.questions.filter(({ code }) => code === 'name.oneWord');
    expect(question).toMatchObject({ column: 'A', options: ['take'], chosen: null, rows: rowsAt(2, 3, 4, 5) });
    expect(namesOf(lines).slice(0, 2)).toEqual(['Awa/?', 'Ibra/?']);
    expect(namesOf(lines, { options: { answers: { [question!.key]: 'take' } } })).toEqual([
      'Awa/',
      'Ibra/',
      'Fatou/',
      'Moussa/',
      'MENDY/Astou',
    ]);
    expect(listOf(sourceOf(['Name', 'Awa', 'Ibra FALL', 'Fatou SOW'])).questions.some(({ code }) => code === 'name.oneWord')).toBe(false);
  });

  it('with one part only are told once where they are many', () => {
    const lines = ['Nom|Prénoms', 'RASOA|', 'RAVELO|', 'RAKOTO|', 'ANDRIA|', 'RABE|Lova'];
    const list = listOf(sourceOf(lines));
    expect(list.questions).toMatchObject([{ code: 'name.onlyOne', chosen: 'take', rows: rowsAt(2, 3, 4, 5) }]);
    expect(namesOf(lines)).toEqual(['RASOA/', 'RAVELO/', 'RAKOTO/', 'ANDRIA/', 'RABE/Lova']);
    expect(namesOf(['Nom|Prénoms', 'RASOA|', 'RABE|Lova', 'RABE|Tiana'])[0]).toBe('RASOA/~');
  });
});

describe('lists that hardly say what they are', () => {
  it.each([
    ['family names before a comma', ['Amyot, Andrea|8', 'Asselin, Rita|4', 'Aubin, Zoé|10'], 'Amyot/Andrea'],
    [
      'given names that many bear, beside places',
      ['Vila Verde Nova|Ana Sousa Kilo', 'Monte Alto|Pedro Zambo', 'Porto Velho|Maria Ladera'],
      'Kilo/Ana Sousa',
    ],
    ['letters of the sex', ['50835|F|ZAMBO|NAYLA', '49079|M|KILO|ORPEN', '51702|F|LUSINGA|MAREN'], 'NAYLA/ZAMBO?'],
    [
      'given names before two family names',
      ['Ana|Zambo Quintanilla', 'Juan Carlos|León Kilo', 'Luz|Ladera Pinzón'],
      'Zambo Quintanilla/Ana',
    ],
    ['a family name before two given names', ['ZAMBO|Ana Lucía', 'KILO|Juan Carlos', 'LADERA|María Isabel'], 'ZAMBO/Ana Lucía'],
    ['names of central Europe', ['Adéla Novotná|x', 'Ondřej Dvořák|x', 'Zdeněk Malý|x'], 'Novotná/Adéla'],
    ['names of Turkey', ['Selim Aksu', 'İlker Tuna', 'Emre Çam'], 'Aksu/Selim'],
  ])('are read by %s, without headings', (_, lines, first) => {
    expect(namesOf(lines)[0]).toBe(first);
  });

  it('are refused where nothing tells people from things', () => {
    expect(refusalOf(['Dakar, Sénégal|8', 'Bamako, Mali|4', 'Lomé, Togo|10'])).toBe('people.headerUnknown');
    expect(refusalOf(['Table Ronde|Bois', 'Chaise Longue|Toile', 'Lampe Haute|Verre'])).toBe('people.headerUnknown');
  });

  it.each([
    ['Name|Email|Country', ['Person_1|p1@example.org|Mali', 'Person_2|p2@example.org|Ghana']],
    ['Nom|Pays|Fonction', ['P01|Mali|Juge', 'P02|Togo|Juge']],
  ])('hold people who were made nameless, each to be asked about: %s', (headings, rows) => {
    expect(peopleOf([headings, ...rows]).map(({ asks }) => asks[0]?.code)).toEqual(['name.notAName', 'name.notAName']);
    expect(refusalOf(['Name|Price', 'Item_1|12', 'Item_2|13'])).toBe('people.headerUnknown');
  });

  it.each([
    ['NOM|PRENOM ADH|VILLE', 'DIOP|Awa|Thiès', 'familyName givenName '],
    ['Apellidos part.|Nombres part.', 'ROJAS|Ana', 'familyName givenName'],
    ['Nom|Prénom|Prénom mère', 'DIOP|Awa|Fatou', 'familyName givenName '],
  ])('shorten whose the name is: %s', (headings, row, fields) => {
    expect(fieldsOf([headings, row]).join(' ')).toBe(fields);
  });

  it.each([
    ['Imię i nazwisko|Kraj|Płeć', 'Anna Kowal|Polska|K', 'fullName country sex'],
    ['Vorname|Nachname|Geschlecht|Behörde', 'Anna|Kolb|w|Amt', 'givenName familyName sex institution'],
    ['Adı Soyadı|Kurumu|E-posta', 'Ayşe Aksu|Adliye|a@example.org', 'fullName institution email'],
    ['Cognome|Nome|Qualifica', 'Rizzo|Paola|Giudice', 'familyName givenName profession'],
    ['Jméno a příjmení|Instituce', 'Jana Malá|Soud', 'fullName institution'],
    ['ФИО|Должность|Суд', 'Коваль Ирина Петровна|судья|Городской суд', 'fullName profession institution'],
    ['Прізвище|Ім’я|Посада', 'Коваль|Ірина|суддя', 'familyName givenName profession'],
    ['الاسم الكامل|الجهة|البريد الإلكتروني', 'محمد العلوي|المحكمة الابتدائية|m@example.org', 'fullName institution email'],
  ])('are headed in further languages: %s', (headings, row, fields) => {
    expect(fieldsOf([headings, row]).join(' ')).toBe(fields);
  });

  it('take the country that can be read', () => {
    const rows = ['Awa DIOP|Kolda|Mali', 'Ibra FALL|Thiès|Togo', 'Esi ADDO|Ségou|Ghana'];
    expect(fieldsOf(['Name|Country|Judge country', ...rows])).toEqual(['fullName', '', 'country']);
  });

  it('take the office that most of them have', () => {
    expect(fieldsOf(['Nome|Função|Cargo', 'Ana SOUSA||Juíza', 'Rui LOPES|Chefe|Juiz', 'Ivo PINTO||Juiz'])).toEqual([
      'fullName',
      '',
      'profession',
    ]);
  });

  it('leave out sheets that name universities, courses or places', () => {
    const people = sheetOf(
      ['Nombre|Correo', 'Ana Rojas|a@example.org', 'Luz Quispe|l@example.org', 'Pedro Lima|p@example.org'],
      'Personas',
    );
    const courses = sheetOf(
      ['Código|Nombre', '1|Ingeniería Civil', '2|Derecho Penal', '3|Por Determinar', '4|Letras Modernas'],
      'Carreras',
    );
    const second = sheetOf(['Nombre', 'María Kilo', 'Carlos Zambo', 'Juana Lusinga', 'Rosa Ladera'], 'Grupo 2');
    const list = listOf(sourceOf(people, courses, second));
    expect(list.understood.sheets.map(({ name, used }) => [name, used])).toEqual([
      ['Personas', true],
      ['Carreras', false],
      ['Grupo 2', true],
    ]);
    expect(list.rows).toHaveLength(7);
  });
});

it('lists whose letters were lost are read, and each such name asked about', () => {
  const lines = ['Candidat|Poste', 'Davy\uFFFDKILO|Juge', 'S\uFFFDbastien\uFFFDZAMBO|Juge', 'Awa DIOP|Juge'];
  expect(peopleOf(lines).map(({ asks }) => asks[0]?.code)).toEqual(['name.lettersLost', 'name.lettersLost', undefined]);
});

it('telephones of contact are nobody’s number in the list, and a scholar’s name is one', () => {
  expect(fieldsOf(['Name|Surname|Contact number', 'Awa|DIOP|0821112222', 'Ibra|FALL|0832223333'])).toEqual([
    'givenName',
    'familyName',
    'phone',
  ]);
  expect(fieldsOf(['Scholar name|Scholar email', 'Awa DIOP|a@example.org'])).toEqual(['fullName', 'email']);
});
