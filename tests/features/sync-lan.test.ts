import { afterEach, describe, expect, it } from 'vitest';
import { peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import { openLanLaptop, pair, type LanLaptop, type LanLaptopOptions } from '../support/lan-laptop.ts';
import { makeWorkshop } from '../support/workshop.ts';

const laptops: LanLaptop[] = [];
afterEach(async () => {
  for (const laptop of laptops.splice(0)) await laptop.end();
});

function laptop(options: LanLaptopOptions = {}): LanLaptop {
  const made = openLanLaptop(options);
  laptops.push(made);
  return made;
}

describe('two laptops without a repository', () => {
  it('exchange the workshop that one shares, both ways', async () => {
    const awa = laptop({ name: 'Awa' });
    const bento = laptop({ name: 'Bento' });
    const { id, person } = makeWorkshop(awa);
    const other = makeWorkshop(awa);
    await pair(bento, awa, await awa.openDoor(), { asked: [id] });
    const done = await bento.lan('sync.lanRun', { replica: awa.store.replica });
    expect(done).toMatchObject({ received: 4, sent: 0, held: 0 });
    expect(bento.store.spaces()).not.toContain(planSpace(other.id));
    bento.write(peopleSpace(id), 'mark', 'cell', { activityId: id, personId: person, status: 'late' });
    awa.write(peopleSpace(id), 'mark', 'cell', { activityId: id, personId: person, status: 'absent' });
    expect(await bento.lan('sync.lanRun', { replica: awa.store.replica })).toMatchObject({ received: 1, sent: 1 });
    expect(bento.store.digest()[peopleSpace(id)]).toBe(awa.store.digest()[peopleSpace(id)]);
    expect(await bento.lan('sync.lanRun', { replica: awa.store.replica })).toMatchObject({ received: 0, sent: 0 });
  });
});
