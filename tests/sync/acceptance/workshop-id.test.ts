import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { genesisOf } from '../../../electron/engine/features/activity/new-activity.ts';
import { ID_PATTERN, derivedId } from '../../../shared/kernel/ids.ts';
import { activity } from '../../../shared/model/activity.ts';
import { blankOf } from '../../../shared/model/records.ts';
import { isBoundWorkshopId, isWorkshopIdOf, mayOpenWorkshopId, newWorkshopId, workshopIdOf } from '../../../shared/model/workshop-id.ts';
import { nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { openFeatureContext } from '../../features/feature-context.ts';

const replica = (): string => randomBytes(16).toString('hex');

describe('the id of a workshop', () => {
  it('is a UUIDv8 that only the replica that made it may open', () => {
    for (let i = 0; i < 200; i++) {
      const [owner, thief] = [replica(), replica()];
      const id = newWorkshopId(owner, nodeRandom, nodeHasher);
      expect(id).toMatch(ID_PATTERN);
      expect(id).toMatch(/^.{14}8.{4}[89ab]/);
      expect([isWorkshopIdOf(id, owner, nodeHasher), mayOpenWorkshopId(id, owner, nodeHasher)]).toEqual([true, true]);
      expect([isWorkshopIdOf(id, thief, nodeHasher), mayOpenWorkshopId(id, thief, nodeHasher)]).toEqual([false, false]);
    }
  });

  it('is the same for the same nonce, and another for another nonce or one digit changed', () => {
    const owner = replica();
    const id = workshopIdOf(owner, Uint8Array.of(1, 2, 3, 4, 5), nodeHasher);
    expect(workshopIdOf(owner, Uint8Array.of(1, 2, 3, 4, 5), nodeHasher)).toBe(id);
    expect(workshopIdOf(owner, Uint8Array.of(1, 2, 3, 4, 6), nodeHasher)).not.toBe(id);
    // Every digit but those of version and variant.
    for (const at of [...id].flatMap((sign, i) => (sign === '-' || i === 14 || i === 19 ? [] : [i]))) {
      const changed = id.slice(0, at) + (id[at] === '0' ? '1' : '0') + id.slice(at + 1);
      expect(isWorkshopIdOf(changed, owner, nodeHasher), changed).toBe(false);
    }
  });

  it('from before is bound to nobody', () => {
    for (const id of ['0190a9c6-7b1f-7d3e-8a55-0c4d5e6f7a8b', randomUUID(), 'x', '']) {
      expect([isBoundWorkshopId(id), isWorkshopIdOf(id, replica(), nodeHasher)]).toEqual([false, false]);
      expect(mayOpenWorkshopId(id, replica(), nodeHasher)).toBe(true);
    }
  });

  it('that is derived from something else is nobody’s to open', () => {
    expect(mayOpenWorkshopId(derivedId(nodeHasher, 'roster', 'x'), replica(), nodeHasher)).toBe(false);
  });

  it('is given to a workshop that is created', () => {
    const context = openFeatureContext();
    const days = { start: '2026-03-02', end: '2026-03-05' };
    const made = genesisOf(context, { ...blankOf(activity), title: 'Atelier', languages: ['fr'], countries: ['SN'], ...days });
    if (!made.ok) throw new Error(made.refusal.code);
    expect(isWorkshopIdOf(made.value.id, context.store.replica, nodeHasher)).toBe(true);
    context.close();
  });
});
