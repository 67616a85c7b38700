import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { awardsOf } from '../../../electron/engine/features/award/award-rows.ts';
import { newRecordId } from '../../../shared/model/record-id.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { openLanLaptop, type LanLaptop } from '../../support/laptops/lan-laptop.ts';
import { onUsb, overHttp, overLan } from '../../support/laptops/ways.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop } from '../../support/workshop.ts';

/** A certificate that was revoked on one laptop stands on no other one that has met it, whatever carried the word. */

const folder = quickFolder('itinera-revoked-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([overHttp, overLan(), onUsb(path.join(folder, 'stick'))])('by $name', async (way) => {
  const server = await startRepository({ library: false });
  const laptops: LanLaptop[] = [];
  try {
    for (const name of ['Awa', 'Bento']) laptops.push(openLanLaptop({}, await enrolledLaptop(server, 'trainer', 'all', { name })));
    const [awa, bento] = laptops as [LanLaptop, LanLaptop];
    const { id } = makeWorkshop(awa);
    const space = peopleSpace(id);
    const own = newRecordId(space, nodeRandom, nodeHasher);
    const person = newRecordId(space, nodeRandom, nodeHasher);
    awa.write(space, 'award', own, { activityId: id, personId: person, kind: 'attendance', name: 'Aya N’GUESSAN', issuedOn: '2021-07-15' });
    const seenBy = (laptop: LanLaptop) =>
      awardsOf(laptop.store.reader, id).map(({ revokedOn, revokedReason }) => [revokedOn, revokedReason]);
    await way.carry(awa, bento);
    expect(seenBy(bento)).toEqual([[null, null]]);
    bento.write(space, 'award', own, { revokedOn: '2021-07-20', revokedReason: 'mauvaise personne' });
    expect(seenBy(awa)).toEqual([[null, null]]);
    await way.carry(bento, awa);
    expect(seenBy(awa)).toEqual([['2021-07-20', 'mauvaise personne']]);
    expect(server.faults).toEqual([]);
  } finally {
    for (const laptop of laptops) await laptop.end();
    await server.stop();
  }
});
