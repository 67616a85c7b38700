import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { laptopsOfRepository } from '../../support/laptops/laptops-of-repository.ts';
import { pngOf } from '../../support/papers/pictures.ts';

/** The design of an institution on the laptops of a repository: who keeps it, who prints in it, and who has not got it. */

const { folder: root, enrolled: laptop } = laptopsOfRepository('itinera-designs-synced-');

interface Designs {
  readonly designs: readonly { readonly id: string }[];
  readonly chosen: string | null;
  readonly here: boolean;
  readonly mayAdd: { readonly allowed: boolean; readonly reason: string };
  readonly mayChoose: { readonly allowed: boolean };
}

it('is kept by its institution, printed by whoever works there, and missed by whoever has not got it', async () => {
  const curator = await laptop('Clara', 'curriculum', 'institution:ENM');
  const trainer = await laptop('Awa', 'trainer', 'institution:ENM');
  const coordinator = await laptop('Binta', 'coordinator', 'country:SN');
  const { id } = await curator.call<{ id: string }>('certificate.addDesign', { name: 'École nationale' });
  // The institution has one, whatever it is called.
  expect(await curator.call('certificate.addDesign', { name: 'ENM' })).toEqual({ id });
  const logo = path.join(root, 'logo.png');
  writeFileSync(logo, pngOf(300, 120));
  const { sha256 } = await curator.call<{ sha256: string }>('certificate.setPicture', { id, of: 'logo', path: logo });
  await curator.call('certificate.setDesign', { id, heading: { fr: 'École nationale de la magistrature' } });
  await curator.call('sync.run', {});

  await trainer.call('sync.run', {});
  expect(await trainer.call('certificate.design', { id })).toMatchObject({
    ...{ logo: { sha256, here: true }, change: { allowed: false, reason: 'sync.notEntitled' } },
  });
  for (const [call, args] of [
    ['certificate.setDesign', { id, name1: 'Awa' }],
    ['certificate.setPicture', { id, of: 'logo', path: logo }],
  ] as const)
    expect(await trainer.try(call, args), call).toMatchObject({ error: { code: 'sync.notEntitledHere' } });
  const { id: activityId } = await trainer.call<{ id: string }>('activity.create', {
    ...{ title: 'Atelier', languages: ['fr'], countries: ['SN'], mode: 'inPerson', start: '2021-07-12', end: '2021-07-13' },
  });
  const person = await trainer.call<{ id: string }>('people.add', { activityId, familyName: 'SARR', givenName: 'Awa', country: 'SN' });
  await trainer.call('certificate.issue', { activityId, exceptions: [{ personId: person.id, reason: 'x' }], apply: true });
  await trainer.call('certificate.chooseDesign', { activityId, designId: id });
  const wanted = (name: string) => ({ kind: 'certificates', activityId, language: 'fr', format: 'pdf', path: path.join(root, name) });
  expect(await trainer.call<Designs>('certificate.designs', { activityId })).toMatchObject({
    ...{ designs: [{ id }], chosen: id, here: true, mayAdd: { allowed: false }, mayChoose: { allowed: true } },
  });
  const made = await trainer.call<{ sha256: string }>('document.make', wanted('trainer.pdf'));
  await trainer.call('sync.run', {});

  await coordinator.call('sync.run', {});
  expect(await coordinator.call<Designs>('certificate.designs', { activityId })).toMatchObject({
    ...{ designs: [], chosen: id, here: false, mayChoose: { allowed: false } },
  });
  expect(await coordinator.try('document.make', wanted('away.pdf'))).toMatchObject({ error: { code: 'certificate.designAway' } });
  const plain = await coordinator.call<{ sha256: string }>('document.make', { ...wanted('plain.pdf'), options: { plain: true } });
  expect(plain.sha256).not.toBe(made.sha256);
});
