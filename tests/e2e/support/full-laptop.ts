import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import papaparse from 'papaparse';
import type { Language } from '../../../shared/kernel/text.ts';
import { runRepository, type RunningRepository } from './repository.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { files, makeWorkshopA, PLAN } from './workshop-a.ts';

/** The last half-day of the workshop, under way: the first people are marked. */
export const NOW = new Date('2021-07-15T14:10:00');
const UNDER_WAY = '2021-07-15-PM';
const MARKED = 9;
const CONFLICT = { halfDay: '2021-07-15-AM', familyName: 'KOUAMÉ' } as const;

/** Somebody who is in both workshops. */
export const AGAIN = { familyName: 'HOUNKPE', givenName: 'Sègla' } as const;

/** What comes after it. */
export const NEXT = {
  title: {
    en: 'Training of trainers, Abidjan',
    fr: 'Formation de formateurs, Abidjan',
    es: 'Formación de formadores, Abiyán',
    pt: 'Formação de formadores, Abijão',
  },
  courseId: 'C1',
  projects: ['GLACY+'],
  partners: ['INJT'],
  languages: ['fr', 'pt'],
  countries: ['CI', 'CV', 'GW', 'TG'],
  mode: 'hybrid',
  start: '2021-09-06',
  end: '2021-09-08',
  place: 'Abidjan',
} as const;

/** In the next workshop: two records that are perhaps one person, and one person of two records that differ. */
const PAIR = 'DIALLO';
export const LINKED = 'COSTA';

/** A list with two rows that cannot be taken as they are; made beside the data folder. */
export const badList = (folder: string) => path.join(folder, 'participants.csv');
/** The same for attendance, with a letter that is asked about and a name that two people bear; and for a test, with an answer that is none and a number that nobody has. */
export const badMarks = (folder: string) => path.join(folder, 'presences.csv');
export const badAnswers = (folder: string) => path.join(folder, 'tests.csv');
/** Answers to the anonymous questionnaire with two columns that name people all the same. */
export const namedAnswers = (folder: string) => path.join(folder, 'satisfaction.csv');
/** The digits in the code of a certificate that stands. */
export const certificateCode = (folder: string) => path.join(folder, 'code.txt');

interface Options {
  readonly folder: string;
  readonly language: Language;
  /** Where the repository listens, for a picture that is the same every time; 0: the system chooses. */
  readonly port?: number;
}

/**
 * A laptop in the middle of its work, in `folder`/data: workshop A on its last afternoon, the next one, somebody to complete, a
 * material, a repository it has synced with, and one conflict with another laptop. Gives the data folder.
 */
export async function makeFullLaptop({ folder, language, port = 0 }: Options): Promise<string> {
  const data = path.join(folder, 'data');
  const repository = await runRepository(path.join(folder, 'repository'), port);
  const [awa, bento] = [openTerminal(data), openTerminal(path.join(folder, 'other'))];
  try {
    await work(awa, bento, { folder, language, repository });
  } finally {
    await Promise.all([awa.close(), bento.close()]);
    await repository.stop();
  }
  const [header, ...rows] = (await readFile(files.people, 'utf8')).split('\n');
  const bad = [
    'P26,SÈNE,Ndèye,F,judge,Atlantis,Tribunal de Thiès,fr,ndeye.sene@example.org',
    'P27,,Fatou,F,prosecutor,Mali,Parquet,fr,fatou',
  ];
  await writeFile(badList(folder), [header, ...rows.slice(0, 3), ...bad].join('\n'));
  await writeFile(
    badMarks(folder),
    [
      'Nom et prénom;14/07/2021 matin;14/07/2021 après-midi',
      'HOUNKPE Sègla;P;Z',
      'DOSSOU Rodrigue;Z;A',
      'SARR Mamadou;P;P',
      'TRAORE Moussa;P;A',
    ].join('\n'),
  );
  const [asked, ...answered] = (await readFile(files.prePost, 'utf8')).split('\n');
  const wrong = answered[0]!.split(',').map((cell, column) => (column === 2 ? 'x' : column === 3 ? '' : cell));
  await writeFile(badAnswers(folder), [asked, wrong.join(','), ...answered.slice(1, 4), answered[4]!.replace(/^P\d+/, 'P99')].join('\n'));
  const [questions] = (await readFile(files.satisfaction, 'utf8')).split(/\r?\n/);
  const named = [5, 4, 3, 2].map((step, row) => `G${row},${`${step},`.repeat(10)}DIALLO Awa ${row},awa.diallo${row}@example.org`);
  await writeFile(namedAnswers(folder), [`${questions},Nom et prénom,Adresse électronique`, ...named].join('\n'));
  return data;
}

interface Place {
  readonly folder: string;
  readonly language: Language;
  readonly repository: RunningRepository;
}

/** What two people did on their laptops. */
async function work(awa: Terminal, bento: Terminal, { folder, language, repository }: Place): Promise<void> {
  const enrol = async (terminal: Terminal, name: string) => {
    await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite('trainer', 'all'), name });
    await terminal.call('sync.setSchedule', { when: 'asked' });
  };
  await awa.call('settings.set', { language, name: 'Awa Diop', theme: 'light' });
  const activityId = await makeWorkshopA(awa, ['people', 'prePost', 'satisfaction']);
  await awa.call('attendance.import', { activityId, path: await sheetUnderWay(folder), apply: true });
  const material = path.join(folder, 'Convention de Budapest, séance 1.pdf');
  await writeFile(material, `%PDF-1.7\n${'Budapest '.repeat(20_000)}`);
  await awa.call('material.add', { activityId, path: material, title: 'Convention de Budapest, séance 1', language: 'fr', kind: 'slides' });
  await awa.call('people.add', { activityId, familyName: 'SOGLO', givenName: 'Afi', country: 'BJ' });
  const { id: next } = await awa.call<{ id: string }>('activity.create', NEXT);
  await awa.call('people.add', { activityId: next, familyName: AGAIN.familyName, givenName: AGAIN.givenName, country: 'BJ' });
  const add = (person: object) => awa.call<{ id: string }>('people.add', { activityId: next, country: 'CI', ...person });
  await add({ familyName: PAIR, givenName: 'Aminata', email: 'aminata.diallo@example.org', institution: 'Tribunal de Bouaké' });
  await add({ familyName: PAIR, givenName: 'Aminata', email: 'aminata.diallo@example.org', profession: 'judge' });
  const costa = [
    await add({ familyName: LINKED, givenName: 'Inês', country: 'CV', institution: 'Tribunal da Praia' }),
    await add({ familyName: LINKED, givenName: 'Ines', country: 'CV', institution: 'Procuradoria da Praia' }),
  ];
  await awa.call('people.link', { ids: costa.map(({ id }) => id) });
  const people = await awa.call<{ id: string; familyName: string }[]>('people.list', { activityId });
  const reason = 'Sa juridiction l’a rappelée le dernier jour.';
  const exceptions = [{ personId: people.find(({ familyName }) => familyName === AGAIN.familyName)!.id, reason }];
  await awa.call('certificate.issue', { activityId, people: [exceptions[0]!.personId], exceptions, issuedOn: '2021-07-15', apply: true });
  const [award] = await awa.call<{ token: string }[]>('certificate.list', { activityId });
  await writeFile(certificateCode(folder), award!.token);
  // What was put away, and what was removed.
  for (const [title, start] of [
    ['Atelier de Cotonou', '2020-02-03'],
    ['Atelier de Niamey', '2020-10-05'],
  ] as const) {
    const { id } = await awa.call<{ id: string }>('activity.create', { title, languages: ['fr'], countries: ['BJ'], start, end: start });
    if (title === 'Atelier de Cotonou') await awa.call('activity.archive', { id, archived: true });
    else await awa.call('activity.remove', { id });
  }
  await enrol(awa, 'Awa Diop');
  await awa.call('sync.run');

  await enrol(bento, 'Bento Lima');
  await bento.call('sync.run');
  const theirs = await bento.call<{ id: string; familyName: string }[]>('people.list', { activityId });
  const personId = theirs.find(({ familyName }) => familyName === CONFLICT.familyName)!.id;
  await bento.call('attendance.mark', { activityId, halfDay: CONFLICT.halfDay, marks: [{ personId, status: 'absent' }] });
  await bento.call('sync.run');
  await awa.call('attendance.mark', { activityId, halfDay: CONFLICT.halfDay, marks: [{ personId, status: 'late' }] });
  await awa.call('sync.run');
  await awa.call('activity.update', { id: activityId, place: `${PLAN.place}, salle 2` });

  // Two files for one stick, and the first of them was not read.
  const stick = path.join(folder, 'KINGSTON');
  await mkdir(stick);
  await bento.call('sync.export', { path: path.join(stick, '1.itinera'), files: false });
  await bento.call('attendance.mark', { activityId, halfDay: CONFLICT.halfDay, marks: [{ personId, status: 'excused' }] });
  await bento.call('sync.export', { path: path.join(stick, '0.itinera'), since: 'last', files: false });
  await bento.call('attendance.mark', { activityId, halfDay: CONFLICT.halfDay, marks: [{ personId, status: 'absent' }] });
  await bento.call('sync.export', { path: path.join(stick, '2.itinera'), since: 'last', files: false });
  await awa.call('sync.import', { path: path.join(stick, '2.itinera') });
  await awa.call('sync.export', { path: path.join(stick, 'awa.itinera') });
}

/** The attendance sheet of workshop A as it is in the middle of its last half-day. */
async function sheetUnderWay(folder: string): Promise<string> {
  const rows = papaparse.parse<Record<string, string>>(await readFile(files.attendance, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data;
  const file = path.join(folder, 'sheet.csv');
  await writeFile(file, papaparse.unparse(rows.map((row, index) => (index < MARKED ? row : { ...row, [UNDER_WAY]: '' }))));
  return file;
}
