import path from 'node:path';
import { runRepository } from './repository.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { openAs, type Trainer } from './trainer.ts';
import { makeWorkshopA } from './workshop-a.ts';

/** The workshop of before the present one. */
export const EARLIER = 'Atelier de Thiès';

/**
 * Opens Awa's laptop with what has lists to choose from: a workshop with people, an earlier one, more countries than a list shows at once, another laptop that may read a stick, and a mark that lost its half-day.
 * Its repository is out of reach.
 */
export async function openLaptopOfLists(folder: string): Promise<Trainer> {
  const repository = await runRepository(path.join(folder, 'repository'));
  const enrol = async (terminal: Terminal, name: string) => {
    await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite('trainer', 'all'), name });
    await terminal.call('sync.setSchedule', { when: 'asked' });
    await terminal.call('sync.run');
  };
  const bento = openTerminal(path.join(folder, 'bento'));
  const awa = await openAs({
    data: path.join(folder, 'awa'),
    language: 'fr',
    name: 'Awa Diop',
    before: async (terminal) => {
      const activityId = await makeWorkshopA(terminal, ['people']);
      const earlier = { title: EARLIER, countries: ['SN'], start: '2021-03-01', end: '2021-03-01' };
      const { id } = await terminal.call<{ id: string }>('activity.create', earlier);
      await terminal.call('people.add', { activityId: id, familyName: 'SOW', givenName: 'Aminata' });
      // More countries than a list shows at once.
      const far = {
        title: 'Atelier de Suva',
        countries: ['FJ', 'TO', 'WS', 'VU', 'KI', 'TV', 'PW', 'NR'],
        start: '2021-02-01',
        end: '2021-02-01',
      };
      await terminal.call('activity.create', far);
      await enrol(terminal, 'Awa Diop');
      await enrol(bento, 'Bento Lima');
      const people = await terminal.call<{ id: string }[]>('people.list', { activityId });
      await terminal.call('activity.reschedule', { id: activityId, start: '2021-07-19', end: '2021-07-22' });
      const marks = [{ personId: people[0]!.id, status: 'late' }];
      await bento.call('attendance.mark', { activityId, halfDay: '2021-07-12-AM', marks });
      await bento.call('sync.run');
      await terminal.call('sync.run');
    },
  });
  await bento.close();
  await repository.stop();
  return awa;
}
