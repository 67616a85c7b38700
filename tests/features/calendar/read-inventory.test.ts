import { describe, expect, test } from 'vitest';
import { readInventory, type InventoryEntry, type InventoryOptions } from '../../../shared/features/calendar/read-inventory.ts';

/** The one entry of an inventory of July to September 2021 that has only this line under July. */
function inJuly(line: string): InventoryEntry {
  const { understood, doubtful } = readInventory(`Inventory of activities (July - September 2021)\n\nJULY 2021\n\n${line}\n`);
  expect(doubtful).toEqual([]);
  expect(understood).toHaveLength(1);
  return understood[0]!;
}

function doubtsOf(line: string, heading = 'JULY 2021', options: InventoryOptions = {}): readonly string[] {
  const { understood, doubtful } = readInventory(`${heading}\n${line}\n`, options);
  expect(understood).toEqual([]);
  expect(doubtful.map(({ text }) => text)).toEqual([line]);
  return doubtful[0]!.reasons;
}

describe('a line of an inventory', () => {
  test('is read with its project, its title, its days and its mode', () => {
    expect(inJuly('CyberEast\tTraining on templates for requests, Georgia, 1-2 July, <i>Online</i>')).toEqual({
      line: 5,
      text: 'CyberEast\tTraining on templates for requests, Georgia, 1-2 July, <i>Online</i>',
      heading: '2021-07',
      projects: ['CyberEast'],
      partners: [],
      title: 'Training on templates for requests, Georgia',
      dateText: '1-2 July',
      precision: 'day',
      start: '2021-07-01',
      end: '2021-07-02',
      dateTbc: false,
      mode: 'online',
      repeats: null,
    });
  });

  test.each([
    ['iPROCEEDS-2, GLACY+, CyberSouth CyberEast, Octopus', ['iPROCEEDS-2', 'GLACY+', 'CyberSouth', 'CyberEast', 'Octopus'], []],
    ['GLACY+ and Octopus', ['GLACY+', 'Octopus'], []],
    ['GLACY+/CyberSouth', ['GLACY+', 'CyberSouth'], []],
    ['GLACY+ & CyberEast project', ['GLACY+', 'CyberEast'], []],
    ['GLACY+, Octopus, PGA', ['GLACY+', 'Octopus'], ['PGA']],
    ['T-CY, Octopus', ['Octopus'], ['T-CY']],
    ['T-CY', [], ['T-CY']],
    ['GLACY+, School of Magistrates of Testland', ['GLACY+'], ['School of Magistrates of Testland']],
  ])('%s: projects and partners', (column, projects, partners) => {
    expect(inJuly(`${column}\tWebinar on something, 2 July, Online`)).toMatchObject({ projects, partners, title: 'Webinar on something' });
  });

  test.each([
    ['GLACY+   Workshop on laws, 5 July, Online', 'Workshop on laws'],
    ['GLACY+ Workshop on laws, 5 July, Online', 'Workshop on laws'],
    ['GLACY+: Workshop on laws, 5 July, Online', 'Workshop on laws'],
    ['• GLACY+ – Workshop on laws, 5 July, Online', 'Workshop on laws'],
    ['| GLACY+ | Workshop on laws | 5 July | Online |', 'Workshop on laws'],
    ['GLACY+\tWorkshop on laws\t5 July\tOnline', 'Workshop on laws'],
    ['5 July\tGLACY+\tWorkshop on laws\tOnline', 'Workshop on laws'],
    ['GLACY+\tWorkshop on laws (5 July, online)', 'Workshop on laws'],
    ['GLACY+\tWorkshop on laws – 5 July – Online', 'Workshop on laws'],
    ['GLACY+\tWorkshop on laws 5 July, <em>Online</em>', 'Workshop on laws'],
    ['GLACY+ INTERPOL training on laws, 5 July, Online', 'INTERPOL training on laws'],
    ['GLACY+ GLACY+ steering committee, 5 July, Online', 'GLACY+ steering committee'],
    ['GLACY+\tWorkshop on laws, 5 July, Accra, Ghana, Online', 'Workshop on laws, Accra, Ghana'],
    ['GLACY+\tSeries of webinars (7/10), 5 July, Online.', 'Series of webinars (7/10)'],
  ])('%s: cut the same', (line, title) => {
    expect(inJuly(line)).toMatchObject({
      projects: ['GLACY+'],
      title,
      precision: 'day',
      start: '2021-07-05',
      end: '2021-07-05',
      mode: 'online',
    });
  });

  test.each([
    ['8 July 2021', 'day', '2021-07-08', '2021-07-08'],
    ['1–2 July', 'day', '2021-07-01', '2021-07-02'],
    ['1 — 2 July', 'day', '2021-07-01', '2021-07-02'],
    ['1 to 2 July 2021', 'day', '2021-07-01', '2021-07-02'],
    ['1st and 2nd of July', 'day', '2021-07-01', '2021-07-02'],
    ['5, 7 and 9 July', 'day', '2021-07-05', '2021-07-09'],
    ['July 5-7, 2021', 'day', '2021-07-05', '2021-07-07'],
    ['Thursday 8 July', 'day', '2021-07-08', '2021-07-08'],
    ['31 July-2 August', 'day', '2021-07-31', '2021-08-02'],
    ['29 June – 1 July', 'day', '2021-06-29', '2021-07-01'],
    ['2021-07-08', 'day', '2021-07-08', '2021-07-08'],
    ['08.07.2021 - 09.07.2021', 'day', '2021-07-08', '2021-07-09'],
    ['July', 'month', '2021-07-01', '2021-07-31'],
    ['July-August', 'month', '2021-07-01', '2021-08-31'],
    ['mid-July', 'month', '2021-07-01', '2021-07-31'],
    ['mid to late July', 'month', '2021-07-01', '2021-07-31'],
    ['end of July - beginning of August', 'month', '2021-07-01', '2021-08-31'],
    ['first week of July', 'week', '2021-07-01', '2021-07-07'],
    ['last week of July', 'week', '2021-07-25', '2021-07-31'],
    ['2nd-3rd week of July', 'week', '2021-07-08', '2021-07-21'],
    ['week of 5 July', 'week', '2021-07-05', '2021-07-11'],
    ['3rd quarter', 'month', '2021-07-01', '2021-09-30'],
    ['Q3 2021', 'month', '2021-07-01', '2021-09-30'],
    ['Quarter 3', 'month', '2021-07-01', '2021-09-30'],
    ['second half of 2021', 'month', '2021-07-01', '2021-12-31'],
    ['du 5 au 7 juillet 2021', 'day', '2021-07-05', '2021-07-07'],
    ['1er juillet', 'day', '2021-07-01', '2021-07-01'],
    ['première semaine de juillet', 'week', '2021-07-01', '2021-07-07'],
    ['mi-juillet', 'month', '2021-07-01', '2021-07-31'],
    ['3e trimestre', 'month', '2021-07-01', '2021-09-30'],
    ['del 5 al 7 de julio de 2021', 'day', '2021-07-05', '2021-07-07'],
    ['5 y 6 de julio', 'day', '2021-07-05', '2021-07-06'],
    ['primera semana de julio', 'week', '2021-07-01', '2021-07-07'],
    ['de 5 a 7 de julho', 'day', '2021-07-05', '2021-07-07'],
    ['meados de julho', 'month', '2021-07-01', '2021-07-31'],
  ])('%s: %s %s to %s', (dateText, precision, start, end) => {
    expect(inJuly(`GLACY+\tWorkshop on laws, Benin, ${dateText}, Online`)).toMatchObject({
      title: 'Workshop on laws, Benin',
      dateText,
      precision,
      start,
      end,
      dateTbc: false,
    });
  });

  test.each([
    ['12-14 July (TBC)', '2021-07-12', 'day'],
    ['12-14 July TBC', '2021-07-12', 'day'],
    ['July, date TBC', '2021-07-01', 'month'],
    ['July (dates to be confirmed)', '2021-07-01', 'month'],
    ['date TBC', null, 'none'],
    ['Dates T.B.C.', null, 'none'],
    ['tbd', null, 'none'],
    ['date à confirmer', null, 'none'],
    ['fecha por confirmar', null, 'none'],
    ['data a confirmar', null, 'none'],
  ])('%s: to be confirmed', (said, start, precision) => {
    expect(inJuly(`GLACY+\tWorkshop on laws, ${said}, Online`)).toMatchObject({
      title: 'Workshop on laws',
      dateText: said.replace(/^\((.*)\)$/u, '$1'),
      dateTbc: true,
      precision,
      start,
      mode: 'online',
      heading: '2021-07',
    });
  });

  test('without a date has none, and keeps the month under which it stands', () => {
    expect(inJuly('Octopus\tTranslation of a convention into a language')).toMatchObject({
      ...{ title: 'Translation of a convention into a language', dateText: '', precision: 'none', start: null, end: null },
      ...{ heading: '2021-07', mode: 'unspecified', dateTbc: false },
    });
    expect(inJuly('Octopus\tCountry profiles for Brunei, Laos, <i>Desk research</i>')).toMatchObject({
      title: 'Country profiles for Brunei, Laos',
      mode: 'desk',
    });
  });

  test.each([
    ['Online, self-paced', 'online'],
    ['Virtual', 'online'],
    ['en ligne', 'online'],
    ['Zoom', 'online'],
    ['hybride', 'hybrid'],
    ['Hybrid format', 'hybrid'],
    ['in-person', 'inPerson'],
    ['In presence', 'inPerson'],
    ['en présentiel', 'inPerson'],
    ['presencial', 'inPerson'],
    ['Desk Assessment', 'desk'],
    ['desk work', 'desk'],
  ])('%s: %s', (said, mode) => {
    expect(inJuly(`GLACY+\tWorkshop on laws, 5 July, <i>${said}</i>`)).toMatchObject({ title: 'Workshop on laws', mode });
  });
});

describe('a doubtful line', () => {
  test.each([
    ['GLACY+\tWorkshop, 31 September, Online', 'SEPTEMBER 2021', ['noSuchDay']],
    ['GLACY+\tWorkshop, 29 February, Online', 'FEBRUARY 2022', ['noSuchDay']],
    ['GLACY+\tWorkshop, 12-10 July, Online', 'JULY 2021', ['endBeforeStart']],
    ['GLACY+\tWorkshop, 5 August - 2 July, Online', 'JULY 2021', ['endBeforeStart']],
    ['GLACY+\tWorkshop, 5 October, Online', 'JULY 2021', ['outsideSection']],
    ['GLACY+\tWorkshop, 8 July 2022, Online', 'JULY 2021', ['outsideSection']],
    ['GLACY+\tWorkshop, Friday 8 July, Online', 'JULY 2021', ['otherWeekday']],
    ['GLACI+\tWorkshop, 8 July, Online', 'JULY 2021', ['projectUnknown']],
    ['GLACY+, Octopuss\tWorkshop, 8 July, Online', 'JULY 2021', ['projectUnknown']],
    ['Nobody knows\tWorkshop, 8 July, Online', 'JULY 2021', ['projectUnknown']],
    ['Workshop of nobody, 8 July, Online', 'JULY 2021', ['noProject']],
    ['GLACY+\t8 July, Online', 'JULY 2021', ['noTitle']],
    ['GLACY+\tWorkshop, 5-7 Jully, Online', 'JULY 2021', ['dateUnreadable']],
    ['GLACY+\tWorkshop, XX July, Online', 'JULY 2021', ['dateUnreadable']],
    ['GLACY+\tWorkshop, 5-7, Online', 'JULY 2021', ['dateUnreadable']],
    ['GLACY+\tWorkshop, 5 July, Benin, 9 July, Online', 'JULY 2021', ['severalDates']],
    ['GLACY+\tWorkshop, 5 July, Online', 'JULY', ['noYear']],
    ['Nobody knows\tWorkshop, 31 June, Online', 'JUNE 2021', ['projectUnknown', 'noSuchDay']],
  ])('%s under %s', (line, heading, reasons) => {
    expect(doubtsOf(line, heading)).toEqual(reasons);
  });

  test('is one of the quarter where no month stands above it', () => {
    expect(doubtsOf('GLACY+\tWorkshop, 5 July, Online', 'Activities (October - December 2022)')).toEqual(['outsideSection']);
  });

  test('is none once its project is known or its year is given', () => {
    const line = 'Nobody knows\tWorkshop, 8 July, Online';
    expect(readInventory(`JULY\n${line}`, { year: 2021, known: { projects: ['Nobody knows'], partners: [] } })).toMatchObject({
      doubtful: [],
      understood: [{ projects: ['Nobody knows'], start: '2021-07-08', heading: '2021-07' }],
    });
  });
});

describe('an inventory', () => {
  test('has its years from its headings, across the turn of the year', () => {
    const { understood, doubtful } = readInventory(
      [
        ...['Inventaire des activités (novembre 2022 – janvier 2023)', '', 'NOVEMBRE', 'GLACY-e\tAtelier, 3 novembre, en ligne', ''],
        ...['DÉCEMBRE', 'CyberEast+\tAtelier, 28 décembre - 3 janvier', 'CyberEast+\tRapport, décembre-février', '', 'JANVIER'],
        ...['GLACY-e\tAtelier, 20 décembre - 5 janvier', 'GLACY-e\tRéunion, 9 janvier, hybride'],
      ].join('\n'),
    );
    expect(doubtful).toEqual([]);
    expect(understood.map(({ heading, start, end }) => [heading, start, end])).toEqual([
      ['2022-11', '2022-11-03', '2022-11-03'],
      ['2022-12', '2022-12-28', '2023-01-03'],
      ['2022-12', '2022-12-01', '2023-02-28'],
      ['2023-01', '2022-12-20', '2023-01-05'],
      ['2023-01', '2023-01-09', '2023-01-09'],
    ]);
  });

  test.each([
    'October - December 2022',
    'Activities, 4th quarter 2022',
    'Calendar of activities Q4 2022',
    'Inventario de actividades (octubre-diciembre de 2022)',
    'Calendário de atividades 2022',
  ])('%s gives the year', (heading) => {
    expect(readInventory(`${heading}\n\nGLACY+\tWorkshop, 5-7 October, Online`)).toMatchObject({
      doubtful: [],
      understood: [{ start: '2022-10-05', heading: null }],
    });
    expect(readInventory(`${heading}\n\nOctober\n\nGLACY+\tWorkshop, 5-7 October, Online`)).toMatchObject({
      doubtful: [],
      understood: [{ start: '2022-10-05', heading: '2022-10' }],
    });
  });

  test('keeps what is listed twice, and says so', () => {
    const { understood } = readInventory(
      'AUGUST 2021\nOctopus\tStudy, August-September, Desk study\n\nSEPTEMBER 2021\nOctopus\tStudy, August-September, Desk study\n',
    );
    expect(understood.map(({ line, heading, repeats }) => [line, heading, repeats])).toEqual([
      [2, '2021-08', null],
      [5, '2021-09', 2],
    ]);
  });

  test('skips rules, numbers of pages and headings of columns', () => {
    const { understood, doubtful, skipped } = readInventory(
      'Programme Office\n\nJULY 2021\n\nProject\tActivity\tDate\tMode\n-----\t--\nGLACY+\tWorkshop one,\n3\n5 July, Online\n\f\nPage 3 of 5\nJULY 2021 (continued)\nGLACY+\tWorkshop two, 6 July, Online',
    );
    expect(doubtful).toEqual([]);
    expect(understood.map(({ title }) => title)).toEqual(['Workshop one', 'Workshop two']);
    expect(skipped.map(({ line }) => line)).toEqual([1, 3, 5, 6, 8, 11, 12]);
  });

  test('is read with the lines that a narrow column broke', () => {
    const { understood, doubtful } = readInventory(
      [
        ...[
          'July 2021',
          'iPROCEEDS-2, GLACY+,',
          'CyberSouth CyberEast, Octopus Third webinar discussing the',
          'units of a course, 29-',
          '30 July,',
          'Online',
        ],
        ...[
          'GLACY+',
          'GLACY+ Steering Committee of the',
          'Octopus Project, 8',
          'July 2021, Online',
          'GLACY+ Public-private co-',
          'operation, Benin, 9 July',
          'Online',
        ],
        ...['Octopus Translation of a long', 'convention', 'CyberEast Workshop, 12-14 July,', 'Hybrid'],
      ].join('\n'),
    );
    expect(doubtful).toEqual([]);
    expect(understood.map(({ line, projects, title, dateText, mode }) => [line, projects.length, title, dateText, mode])).toEqual([
      [2, 5, 'Third webinar discussing the units of a course', '29-30 July', 'online'],
      [7, 1, 'GLACY+ Steering Committee of the Octopus Project', '8 July 2021', 'online'],
      [11, 1, 'Public-private co-operation, Benin', '9 July', 'online'],
      [14, 1, 'Translation of a long convention', '', 'unspecified'],
      [16, 1, 'Workshop', '12-14 July', 'hybrid'],
    ]);
  });

  test('is read in good time whatever is pasted', () => {
    const long = `GLACY+\t${'a, '.repeat(50_000)}5 July`;
    const { understood, doubtful } = readInventory(`JULY 2021\n${long}\n${'1 2 3 - '.repeat(20_000)}\n${'x'.repeat(100_000)}`);
    expect(understood.length + doubtful.length).toBeGreaterThan(0);
  });
});
