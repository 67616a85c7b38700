import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runRepository } from './repository.ts';
import { openTerminal } from './terminal.ts';
import { PLAN } from './workshop-a.ts';

export const TITLE = 'Atelier de Dakar sur la preuve électronique et la coopération internationale, deuxième session';
export const UNDER_WAY = 'Formation de formateurs, Abidjan';

/** Long names, two of one name, a name within another, and one that a search without accents must find. */
const PEOPLE = [
  ['RAKOTOMANANTSOA RAZAFINDRATSIMBAZAFY', 'Andriamampianina Jean de Dieu'],
  ['RAKOTOMANANTSOA RAZAFINDRATSIMBAZAFY', 'Andriamampianina Jean Baptiste'],
  ['DIOP', 'Moussa', 'Parquet de Dakar'],
  ['DIOP', 'Moussa', 'Tribunal de Thiès'],
  ['DIOPETE', 'Moussa', ''],
  ['KONÉ', 'Awa', 'Cour d’appel d’Abidjan'],
  ['KOUASSI', 'N’Guessan Affoué', 'Tribunal de première instance d’Abidjan-Plateau'],
  ['NDIAYE', 'Cheikh'],
  ['N’DIAYE', 'Cheikh Tidiane'],
  ['TRAORÉ', 'Fatoumata'],
  ['ÉVORA', 'Maria da Conceição Monteiro'],
  ['ZONGO', ''],
] as const;

/**
 * A trainer's laptop on which there is something of everything, in `folder`/data: a workshop of three days with people, marks, sheets and materials, another one that runs from `today`, the sample, and
 * a repository that is out of reach. Gives the data folder.
 */
export async function makeWalkedLaptop(folder: string, today: string): Promise<string> {
  const data = path.join(folder, 'data');
  const repository = await runRepository(path.join(folder, 'repository'));
  const terminal = openTerminal(data);
  try {
    await terminal.call('settings.set', { language: 'fr', name: 'Awa Diop', theme: 'light' });
    await terminal.call('activity.loadSample');
    const create = async (plan: object) => (await terminal.call<{ id: string }>('activity.create', plan)).id;
    const activityId = await create({ ...PLAN, title: TITLE, start: '2026-03-02', end: '2026-03-04' });
    const ids: string[] = [];
    for (const [familyName, givenName, institution = ''] of PEOPLE) {
      const { id } = await terminal.call<{ id: string }>('people.add', { activityId, familyName, givenName, institution, country: 'SN' });
      ids.push(id);
    }
    const marks = ids.slice(0, 9).map((personId, index) => ({ personId, status: index % 4 === 3 ? 'late' : 'present' }));
    await terminal.call('attendance.mark', { activityId, halfDay: '2026-03-02-AM', marks });
    for (const personId of ids.slice(0, 3)) {
      const answers = { Q1: 'a', Q2: 'b', Q3: 'c' };
      await terminal.call('evaluation.enter', { activityId, formId: 'intro-prepost-v1', personId, wave: 'pre', answers });
    }
    await mkdir(path.join(folder, 'materials'), { recursive: true });
    for (const title of ['Convention de Budapest, séance 1', 'Preuve électronique']) {
      const file = path.join(folder, 'materials', `${title}.pdf`);
      await writeFile(file, `%PDF-1.7\n${title} `.repeat(100));
      await terminal.call('material.add', { activityId, path: file, title, language: 'fr', kind: 'slides' });
    }
    const now = await create({ title: UNDER_WAY, countries: ['CI'], start: today, end: today });
    for (const [familyName, givenName] of PEOPLE.slice(4, 8)) await terminal.call('people.add', { activityId: now, familyName, givenName });
    await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite('trainer', 'all'), name: 'Awa Diop' });
    await terminal.call('sync.setSchedule', { when: 'asked' });
    await terminal.call('sync.run');
    await terminal.call('people.update', { id: ids[7], email: 'cheikh.ndiaye@example.org' });
  } finally {
    await terminal.close();
    await repository.stop();
  }
  return data;
}

/** The same laptop once more, for another walk. */
export async function copyLaptop(data: string, to: string): Promise<string> {
  await cp(data, to, { recursive: true });
  return to;
}
