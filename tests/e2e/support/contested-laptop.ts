import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runRepository } from './repository.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { makeWorkshopA } from './workshop-a.ts';

/** Where the two disagree: an institution's long name, and a person whom one removed while the other completed her. */
export const CONTESTED = { renamed: 'KOUAMÉ', removed: 'HOUNKPE' } as const;
const INSTITUTIONS = {
  base: 'Tribunal de grande instance d’Abidjan, première chambre correctionnelle, pôle pénal économique et financier',
  awa: 'Tribunal de première instance d’Abidjan-Plateau, première chambre correctionnelle, pôle pénal économique et financier',
  bento: 'Tribunal de grande instance d’Abidjan, chambre d’instruction, pôle pénal économique, financier et cybercriminalité',
} as const;

interface Person {
  readonly id: string;
  readonly familyName: string;
}

/**
 * In `folder`/data: a coordinator's laptop with what needs a decision: two conflicts of the kinds that full-laptop.ts has not, work that the repository did not take, and a file that could be let
 * go. Gives the data folder. `port`: where the repository listens; 0: the system chooses.
 */
export async function makeContestedLaptop(folder: string, port = 0): Promise<string> {
  const data = path.join(folder, 'data');
  const repository = await runRepository(path.join(folder, 'repository'), port);
  const [awa, bento] = [openTerminal(data), openTerminal(path.join(folder, 'other'))];
  const enrol = async (terminal: Terminal, role: 'trainer' | 'coordinator', name: string) => {
    await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite(role, 'all'), name });
    await terminal.call('sync.setSchedule', { when: 'asked' });
    await terminal.call('sync.run');
  };
  try {
    const activityId = await makeWorkshopA(bento, ['people']);
    const material = path.join(folder, 'Preuve électronique.pdf');
    await writeFile(material, `%PDF-1.7\n${'Budapest '.repeat(150_000)}`);
    await bento.call('material.add', { activityId, path: material, title: 'Preuve électronique', language: 'fr', kind: 'slides' });
    const people = await bento.call<Person[]>('people.list', { activityId });
    const idOf = (name: string) => people.find(({ familyName }) => familyName === name)!.id;
    const renamed = idOf(CONTESTED.renamed);
    await bento.call('people.update', { id: renamed, institution: INSTITUTIONS.base });
    await enrol(bento, 'trainer', 'Bento Lima');
    await awa.call('settings.set', { language: 'en', name: 'Awa Diop', theme: 'light' });
    // A coordinator does not plan; a laptop that has the workshop from a stick, and no role yet, is not kept from it.
    const stick = path.join(folder, 'atelier.itinera');
    await bento.call('sync.export', { path: stick, files: false });
    await awa.call('sync.import', { path: stick });
    await awa.call('activity.update', { id: activityId, place: 'Thiès, salle du conseil' });
    await awa.call('activity.update', { id: activityId, countries: ['BJ', 'BF', 'CI', 'NE', 'ML', 'SN', 'TG'] });
    await enrol(awa, 'coordinator', 'Awa Diop');

    await bento.call('people.update', { id: renamed, institution: INSTITUTIONS.bento });
    await bento.call('people.remove', { id: idOf(CONTESTED.removed) });
    await bento.call('sync.run');
    await awa.call('people.update', { id: renamed, institution: INSTITUTIONS.awa });
    await awa.call('people.update', { id: idOf(CONTESTED.removed), email: 'segla.hounkpe@example.org' });
    const [held] = await awa.call<{ id: string }[]>('material.list', { text: 'Preuve' });
    await awa.call('material.pin', { id: held!.id });
    await awa.call('sync.run');
    await awa.call('material.unpin', { id: held!.id });
    await awa.call('sync.run');
  } finally {
    await Promise.all([awa.close(), bento.close()]);
    await repository.stop();
  }
  return data;
}
