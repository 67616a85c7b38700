import { describe, expect, it } from 'vitest';
import { fieldsOf, namesOf, peopleOf } from '../support/lists.ts';

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
});
