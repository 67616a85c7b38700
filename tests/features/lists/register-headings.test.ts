import { describe, expect, it } from 'vitest';
import { fieldsOf, listOf, namesOf, peopleOf, sheetOf, sourceOf } from '../../support/lists/lists.ts';

describe('columns of registers of schools, courts and offices, and of address books', () => {
  it.each([
    [
      'First Name|Last Name|Organization 1 - Name|Organization 1 - Title|E-mail 1 - Value|Phone 1 - Value',
      'Astou|MENDY|Supreme Court|judge|a@example.org|+221 33 000 00 01',
      'givenName familyName institution profession email ',
    ],
    ['Nom|Prénom|École|Adresse e-mail', 'MENDY|Astou|ENM Dakar|a@example.org', 'familyName givenName institution email'],
    ['Nome|Faculdade|Cargo', 'Ana SOUSA|Faculdade de Direito|juíza', 'fullName institution profession'],
    ['Nombres|Apellidos|Escuela|Correo', 'Ana|ROJAS|Escuela Judicial|a@example.org', 'givenName familyName institution email'],
    [
      'NOM|PRÉNOM|Nom de l’établissement scolaire / centre de formation',
      'MENDY|Astou|Centre de formation judiciaire',
      'familyName givenName institution',
    ],
    ['Nome|Órgão de origem|Cargo que ocupa', 'Ana SOUSA|Tribunal da Praia|juíza', 'fullName institution profession'],
    ['Nombre completo|Institución donde labora|Puesto que desempeña', 'Ana ROJAS|Corte Superior|jueza', 'fullName institution profession'],
    ['Ap. Paterno|Ap. Materno|Nombres', 'ROJAS|QUISPE|Ana', 'familyName secondFamilyName givenName'],
    ['Reg. No.|Student Name|College Name', '20BC1720|Ama MENSAH|Law College', 'ref fullName institution'],
    ['Número de control|Nombre del alumno', 'M1409204|Ana ROJAS', 'ref fullName'],
    [
      'Prénom|Nom|Structure de rattachement|Pays d’exercice',
      'Astou|MENDY|Parquet général|Mali',
      'givenName familyName institution country',
    ],
    ['Nome completo|Em que país trabalha?|E-mail para contato', 'Ana SOUSA|Angola|a@example.org', 'fullName country email'],
    ['اللقب|الاسم|البريد الإلكتروني', 'طاوي|بشرى|b@example.org', 'familyName givenName email'],
    ['Voornaam|Naam|E-mail', 'Lieve|PEETERS|l@example.org', 'givenName familyName email'],
  ])('%s', (headings, row, fields) => {
    expect(fieldsOf([headings, row]).join(' ')).toBe(fields);
  });

  it.each([
    'Nome completo, sem abreviações',
    'Seu nome completo, sem abreviações.',
    'Full name as you would like it on your certificate',
    'Nom complet, sans abréviation',
    'Nombre completo, tal como debe aparecer en el certificado',
    'Nome completo - sem acentos',
  ])('names under %s', (heading) => {
    expect(
      namesOf([`Horodateur|E-mail|${heading}`, '2026/01/05 9:00|a@example.org|Ana SOUSA', '2026/01/05 9:02|i@example.org|Ibra FALL']),
    ).toEqual(['SOUSA/Ana', 'FALL/Ibra']);
  });

  it('heads names that nobody told by their heading where addresses and times stand under theirs', () => {
    const lines = [
      'Carimbo de data/hora|Endereço de e-mail|RA|Como se chama?|Questão 9',
      '11/21/2026 18:20|ana.sousa@example.org|81815273|Ana Sousa|C',
      '11/21/2026 20:23|pedro.lima@example.org|82024732|Pedro Lima|E',
      '11/21/2026 20:25|maria.costa@example.org|82024733|Maria Costa|A',
    ];
    expect(namesOf(lines)).toEqual(['Sousa/Ana', 'Lima/Pedro', 'Costa/Maria']);
  });

  it('is no heading where a word for people stands over other such words', () => {
    const lines = [
      'Ana|Estudiante|Teatro',
      'Pedro|Profesor|Teatro',
      'Rosa|Visitante|Charla',
      'Luis|Visitante|Teatro',
      'Ana|Visitante|Charla',
    ];
    expect(peopleOf(lines).map(({ row }) => row)).toEqual([1, 2, 3, 4, 5]);
  });

  it('takes sex from words of sex alone under a question', () => {
    const lines = ['Nome|Como você se identifica?', 'Ana SOUSA|Mulher', 'Pedro LIMA|Homem', 'Rui ALVES|Homem'];
    expect(peopleOf(lines).map(({ values }) => values.sex)).toEqual(['female', 'male', 'male']);
  });

  it('heads names that stand with a comma, whatever the heading is', () => {
    const lines = [
      'Payroll Name|Home Dept. Description|Schedules',
      'Mendy, Astou|Registry|Mon - Fri',
      'Fall, Ibra|Registry|Mon - Fri',
      'Sow, Awa|Bench|Tue',
    ];
    expect(namesOf(lines)).toEqual(['Mendy/Astou', 'Fall/Ibra', 'Sow/Awa']);
  });
});

describe('lists without headings', () => {
  it('on several sheets of one shape are one list of them all', () => {
    const sheets = [
      sheetOf(['1|Awa Diop|Dakar', '2|Fatou Ndiaye|Thiès', '3|Ibrahima Fall|Dakar'], 'Groupe A'),
      sheetOf(['1|Aminata Sow|Dakar', '2|Moussa Traoré|Thiès', '3|Mariama Ba|Dakar'], 'Groupe B'),
      sheetOf(['Salle|Places', 'Bleue|20', 'Verte|30'], 'Salles'),
    ];
    expect(listOf(sourceOf(...sheets)).rows.map(({ sheet, name }) => `${sheet}: ${name}`)).toEqual([
      'Groupe A: Awa Diop',
      'Groupe A: Fatou Ndiaye',
      'Groupe A: Ibrahima Fall',
      'Groupe B: Aminata Sow',
      'Groupe B: Moussa Traoré',
      'Groupe B: Mariama Ba',
    ]);
  });
});

describe('names of the whole world without headings', () => {
  const names =
    'Theyanesh Rao;Zexiang Chen;Yingzhu Liu;Auriol Ble;Sahruday Patti;Ritesh Gole;Kenzo Miyamoto;Awa Diop;Maria Costa;Tuan Nguyen;Giedre Petraite;Ola Nordby'.split(
      ';',
    );
  const lands = 'India;China;China;Ghana;United States of America (USA);India;Japan;Senegal;Angola;Vietnam;Lithuania;Norway'.split(';');

  it('are a list where their countries stand beside them', () => {
    const people = peopleOf(names.map((name, at) => `${Math.floor(at / 3) + 1}|Team ${at}|${name}|${lands[at]}`));
    expect(people.map(({ name, values }) => `${name} ${values.country}`).slice(3, 6)).toEqual([
      'Auriol Ble GH',
      'Sahruday Patti US',
      'Ritesh Gole IN',
    ]);
    expect(people).toHaveLength(names.length);
  });
});

describe('among names whose given name stands first', () => {
  it('two family names before what is none are family names', () => {
    const lines = [
      'Nombre completo',
      'ANA LUCIA ROJAS QUISPE',
      'ACEVEDO RAMOS DORISAIDA',
      'CARLOS GARCIA LOPEZ',
      'JUAN CAMACHO PEREZ',
      'MARIA GOMEZ RUIZ',
    ];
    expect(peopleOf(lines, { languages: ['es'] }).map(({ values }) => `${values.familyName}/${values.givenName}`)).toContain(
      'ACEVEDO RAMOS/DORISAIDA',
    );
  });
});

describe('peoples', () => {
  it.each([
    ['Argentino', 'AR'],
    ['argentina', 'AR'],
    ['Angolano', 'AO'],
    ['angolana', 'AO'],
    ['Venezuelana', 'VE'],
    ['santomense', 'ST'],
    ['bissau-guineense', 'GW'],
    ['Dominicana', 'DO'],
    ['dominicaine', 'DO'],
    ['brasilero', 'BR'],
    ['zimbabwéenne', 'ZW'],
  ])('%s', (people, code) => {
    expect(peopleOf(['Nom|Prénom|Nationalité', `DIOP|Awa|${people}`, `FALL|Ibra|${people}`]).map(({ values }) => values.country)).toEqual([
      code,
      code,
    ]);
  });
});

describe('a column of the first given name beside the whole name', () => {
  it.each([
    ['Pedro Henrique Saraiva Muniz|Pedro', 'Saraiva Muniz/Pedro Henrique'],
    ['Ana Souza|Ana', 'Souza/Ana'],
    ['João Gabriel Costa|João', 'Costa/João Gabriel'],
    ['Thiago Duarte Silva|Thiago', 'Duarte Silva/Thiago'],
    ['Pedro Henrique|Pedro', 'Henrique/Pedro'],
  ])('%s', (row, name) => {
    const [found] = peopleOf(['Nome completo|Primeiro nome', row, 'Rui Alves|Rui', 'Carlos Matos|Carlos']);
    expect(`${found!.values.familyName}/${found!.values.givenName}`).toBe(name);
  });
});
