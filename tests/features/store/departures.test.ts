import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planSpace } from '../../../shared/model/spaces.ts';
import { openLanLaptop, pair, type LanLaptop } from '../../support/laptops/lan-laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { exported, imported } from '../../support/laptops/usb.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';

/** What features do before records leave is done by whatever door they leave. */

let server: TestRepository;
const laptops: LanLaptop[] = [];
beforeAll(async () => {
  server = await startRepository();
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  await server.stop();
});

async function enrolled(): Promise<LanLaptop> {
  const made = openLanLaptop({}, await enrolledLaptop(server, 'trainer', 'all'));
  laptops.push(made);
  return made;
}

const placeOf = ({ store }: LanLaptop, id: string): unknown =>
  store.reader.get<{ place: string }>('select place from activity where id = ?', id)?.place;

it('by HTTP, in the room whoever asks, and on a stick', async () => {
  const [awa, bento] = [await enrolled(), await enrolled()];
  const { id } = makeWorkshop(awa);
  await synced(awa);
  await synced(bento);
  let next: string | null = null;
  awa.departures.register(() => {
    if (next !== null) awa.write(planSpace(id), 'activity', id, { place: next });
    next = null;
  });
  next = 'by HTTP';
  await synced(awa);
  await synced(bento);
  expect(placeOf(bento, id)).toBe('by HTTP');
  await pair(bento, awa, await awa.openDoor());
  next = 'asked in the room';
  await bento.lan('sync.lanRun', { replica: awa.store.replica });
  expect(placeOf(bento, id)).toBe('asked in the room');
  const there = await bento.openDoor();
  next = 'asking in the room';
  await awa.lan('sync.lanRun', { replica: bento.store.replica, address: there });
  expect(placeOf(bento, id)).toBe('asking in the room');
  next = 'on a stick';
  const file = path.join(quickFolder('itinera-stick-'), 'all.itinera');
  await exported(awa, file, { files: false });
  await imported(bento, file);
  expect(placeOf(bento, id)).toBe('on a stick');
});
