import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { startFlakyProxy, type FlakyProxy } from '../../support/repository/flaky-proxy.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { seeded } from '../../support/seeded.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';
import { SEED } from '../../sync/seeds.ts';
import { quietCall } from '../../support/quiet-call.ts';

const random = seeded(SEED);

let server: TestRepository;
let proxy: FlakyProxy;
const { enrolled, also, end } = laptopsAround(() => server);

beforeAll(async () => {
  server = await startRepository({ library: false });
  proxy = await startFlakyProxy(server.url);
});
afterAll(async () => {
  await end();
  await proxy.stop();
  await server.stop();
  expect(server.faults).toEqual([]);
});

function status(laptop: Laptop) {
  const answer = laptop.sync.handlers['sync.status']({}, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('status');
  return answer.value;
}

function conflicts(laptop: Laptop) {
  const answer = laptop.sync.handlers['sync.conflicts']({}, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('conflicts');
  return answer.value;
}

describe('a run', () => {
  it('brings a workshop from one laptop to the other, and then costs one small request', async () => {
    const one = await enrolled();
    const two = await enrolled();
    const { id } = makeWorkshop(one);
    expect(status(one)).toMatchObject({ enrolled: true, pending: 4, last: null });
    expect(status(one).pendingBytes).toBeGreaterThan(400);

    expect(await synced(one)).toMatchObject({ pushed: 4, refused: 0, conflicts: 0, requests: 2 });
    expect(status(one)).toMatchObject({ pending: 0, pendingBytes: 0, refused: 0, last: { ok: true, pushed: 4 } });
    expect(await synced(two)).toMatchObject({ pulled: 4, pushed: 0 });
    expect(two.store.digest()[peopleSpace(id)]).toBe(one.store.digest()[peopleSpace(id)]);
    expect((await server.digest())[peopleSpace(id)]).toBe(one.store.digest()[peopleSpace(id)]);

    for (const laptop of [one, two, one]) {
      const idle = await synced(laptop);
      expect(idle).toMatchObject({ requests: 1, pushed: 0, pulled: 0 });
      expect(idle.bytesUp + idle.bytesDown).toBeLessThan(900);
    }
    one.write(peopleSpace(id), 'mark', 'cell', { activityId: id, status: 'present' });
    expect(await synced(one)).toMatchObject({ requests: 2, pushed: 1 });
    expect(await synced(two)).toMatchObject({ requests: 2, pulled: 1 });
  });

  it('keeps a history of what travelled', async () => {
    const one = await enrolled();
    makeWorkshop(one);
    await synced(one);
    await synced(one);
    const runs = one.sync.handlers['sync.runs']({}, quietCall());
    expect(runs).toMatchObject({
      ok: true,
      value: [
        { pushed: 0, ok: true },
        { pushed: 4, ok: true, code: '' },
      ],
    });
  });

  it('exchanges only the spaces asked for, and the rest later', async () => {
    const one = await enrolled();
    const { id } = makeWorkshop(one);
    expect(await synced(one, { spaces: [planSpace(id)] })).toMatchObject({ pushed: 1 });
    expect(one.sync.pending()).toBe(3);
    expect(await synced(one)).toMatchObject({ pushed: 3 });
  });

  it('sends nothing of the sample workshop', async () => {
    const one = await enrolled();
    const { id } = makeWorkshop(one);
    one.write(planSpace(id), 'activity', id, { sample: true });
    expect(one.sync.pending()).toBe(0);
    expect(await synced(one)).toMatchObject({ pushed: 0, refused: 0 });
    expect(await server.spaces()).not.toContain(planSpace(id));
    makeWorkshop(one);
    expect(await synced(one)).toMatchObject({ pushed: 4 });
    expect(await synced(one)).toMatchObject({ requests: 1 });
  });

  it('cancelled, it has done whole steps and the next one goes on', async () => {
    const one = await enrolled();
    makeWorkshop(one);
    const controller = new AbortController();
    controller.abort();
    expect(await one.run({ signal: controller.signal })).toMatchObject({ ok: false, refusal: { code: 'job.cancelled' } });
    const midway = new AbortController();
    const running = one.run({ signal: midway.signal });
    setTimeout(() => midway.abort(), 3);
    const answer = await running;
    if (!answer.ok) expect(answer.refusal.code).toBe('job.cancelled');
    await synced(one);
    expect(one.sync.pending()).toBe(0);
  });

  it('says that nobody is there, and loses nothing by it', async () => {
    const away = await startRepository({ library: false });
    const one = also(await enrolledLaptop(away));
    makeWorkshop(one);
    await away.stop();
    expect(await one.run()).toMatchObject({ ok: false, refusal: { code: 'sync.unreachable' } });
    expect(status(one)).toMatchObject({ pending: 4, last: { ok: false, code: 'sync.unreachable' }, running: false });
  });

  it('says of an enrolment that reached nobody that nothing is enrolled and the address may be wrong', async () => {
    const nobody = also(openLaptop({}));
    const answer = await nobody.enrol('http://127.0.0.1:9', await server.invite('trainer', 'all'));
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'sync.enrolUnreachable', details: { url: 'http://127.0.0.1:9' } } });
    expect(status(nobody)).toMatchObject({ enrolled: false });
  });

  it('writes what it knows of the clock into later change-sets', async () => {
    const [right, wrong] = [await enrolled(), await enrolled('trainer', 'all', { clock: { now: () => Date.now() - 700 * 86_400_000 } })];
    for (const laptop of [right, wrong]) {
      const { id } = makeWorkshop(laptop);
      await synced(laptop);
      laptop.write(planSpace(id), 'activity', id, { place: 'Dakar' });
      const [before] = laptop.store.reader.heads('activity', id, 'name');
      const [after] = laptop.store.reader.heads('activity', id, 'place');
      expect(before!.tq).toBe(0);
      expect(after!.tq).toBe(laptop === right ? 2 : 0);
    }
  });
});

describe('a link that breaks', () => {
  it('a lost reply costs a resend and nothing else', async () => {
    const one = await enrolled('trainer', 'all', { url: proxy.url });
    const two = await enrolled();
    await synced(one);
    const { id } = makeWorkshop(one);
    const before = (await server.spaces()).length;
    // The hello is answered; the reply to the push never comes. The second hello tells that it had arrived, and that both hold the same.
    proxy.next({ replies: 1 });
    expect(await synced(one)).toMatchObject({ pushed: 4, pulled: 0, refused: 0, requests: 3 });
    expect((await server.spaces()).length).toBe(before + 3);
    expect(one.sync.pending()).toBe(0);
    expect(await synced(one)).toMatchObject({ requests: 1 });
    await synced(two);
    expect(two.store.digest()[peopleSpace(id)]).toBe(one.store.digest()[peopleSpace(id)]);
    expect(conflicts(two).filter(({ about }) => about.activityId === id)).toEqual([]);
  });

  it('push and pull go on from the frame they had reached, and send at most one frame again', async () => {
    const one = await enrolled('trainer', 'all', { url: proxy.url });
    const { id } = makeWorkshop(one);
    // What a frame cannot make small.
    for (let i = 0; i < 300; i++)
      one.write(planSpace(id), 'agendaItem', `item${i}`, { activityId: id, name: noise(900), room: noise(450) });
    const whole = await bytesOf(async () => void (await synced(one)));
    // Some 260 kB, so that it takes several frames and is cut more than once.
    expect(whole.up).toBeGreaterThan(200_000);

    const two = await enrolled('trainer', `workshop:${id}`, { url: proxy.url });
    for (let i = 0; i < 300; i++)
      two.write(planSpace(id), 'agendaItem', `other${i}`, { activityId: id, name: noise(900), room: noise(450) });
    // Cut every 120 kB each way: three tries a run, then the next run.
    let runs = 0;
    const cut = await bytesOf(async () => {
      for (let done = false; !done && runs < 30; runs++) {
        proxy.next({ up: 120_000, down: 120_000 }, { up: 120_000, down: 120_000 }, { up: 120_000, down: 120_000 });
        done = (await two.run()).ok;
      }
    });
    await synced(two);
    expect(two.sync.pending()).toBe(0);
    await synced(one);
    expect(one.store.digest()[planSpace(id)]).toBe(two.store.digest()[planSpace(id)]);
    // One frame (64 kB at first) again for each cut; without resuming it would never get past 120 kB.
    expect(cut.up).toBeLessThan(3 * whole.up);
  });
});

async function bytesOf(work: () => Promise<unknown>): Promise<{ up: number; down: number }> {
  const { up, down } = proxy.carried;
  await work();
  return { up: proxy.carried.up - up, down: proxy.carried.down - down };
}

function noise(length: number): string {
  return Array.from({ length }, () => String.fromCharCode(0x4e00 + Math.floor(random() * 20_000)))
    .join('')
    .slice(0, Math.floor(length / 3));
}

describe('two marks in one cell (journey 8)', () => {
  for (const order of ['the first to mark syncs first', 'the second to mark syncs first'] as const) {
    it(order, async () => {
      const awa = await enrolled('trainer', 'all', { name: 'Awa' });
      const bento = await enrolled('trainer', 'all', { name: 'Bento' });
      const { id, person } = makeWorkshop(awa);
      await synced(awa);
      await synced(bento);
      const cell = `${id}-cell`;
      const mark = { activityId: id, personId: person, halfDay: '2021-07-12-AM' };
      awa.write(peopleSpace(id), 'mark', cell, { ...mark, status: 'late' });
      bento.write(peopleSpace(id), 'mark', cell, { ...mark, status: 'absent' });
      const [first, second] = order.startsWith('the first') ? [awa, bento] : [bento, awa];
      for (const laptop of [first, second, first]) await synced(laptop);

      const [atAwa] = conflicts(awa).filter(({ entity }) => entity === cell);
      const [atBento] = conflicts(bento).filter(({ entity }) => entity === cell);
      expect(atBento).toEqual(atAwa);
      expect(atAwa).toMatchObject({
        space: peopleSpace(id),
        entityType: 'mark',
        field: 'status',
        about: { activityId: id, activity: 'Atelier', person: 'KONÉ Moussa', halfDay: '2021-07-12-AM' },
      });
      expect(new Map(atAwa!.values.map(({ author, value }) => [author, value]))).toEqual(
        new Map([
          ['Awa', 'late'],
          ['Bento', 'absent'],
        ]),
      );
      expect(atAwa!.values.find(({ id: value }) => value === atAwa!.shown)!.value).toBe(
        awa.store.reader.get<{ status: string }>('select status from mark where id = ?', cell)!.status,
      );

      const settled = await awa.sync.handlers['sync.settle'](
        { entity: cell, field: 'status', value: 'late', seen: atAwa!.values.map((one) => one.id) },
        quietCall(),
      );
      expect(settled).toMatchObject({ ok: true });
      await synced(awa);
      await synced(bento);
      for (const laptop of [awa, bento]) {
        expect(conflicts(laptop).filter(({ entity }) => entity === cell)).toEqual([]);
        expect(laptop.store.reader.get('select status, conflicts from mark where id = ?', cell)).toEqual({ status: 'late', conflicts: 0 });
        const history = laptop.sync.handlers['sync.history']({ entity: cell, field: 'status' }, quietCall());
        if (history instanceof Promise || !history.ok) throw new Error('history');
        expect(history.value.map(({ value }) => JSON.stringify(value)).sort()).toEqual(['"absent"', '"late"', '"late"']);
      }
      expect(await synced(awa)).toMatchObject({ pushed: 0, pulled: 0, requests: 1 });
      expect(bento.store.digest()[peopleSpace(id)]).toBe(awa.store.digest()[peopleSpace(id)]);
    });
  }

  it('settling says what is wrong with it', async () => {
    const awa = await enrolled();
    const { id, person } = makeWorkshop(awa);
    awa.write(planSpace(id), 'agendaItem', 'i', { activityId: id, name: 'Accueil' });
    const settle = (entity: string, field: string, value: number | string, seen?: string[]) =>
      awa.sync.handlers['sync.settle']({ entity, field, value, ...(seen && { seen }) }, quietCall());
    expect(settle('nothing', 'status', 'late')).toMatchObject({ refusal: { code: 'sync.registerUnknown' } });
    expect(settle(person, 'familyName', 5)).toMatchObject({ refusal: { code: 'sync.valueInvalid' } });
    expect(settle(person, 'familyName', 'X', ['0:0'])).toMatchObject({ refusal: { code: 'sync.registerUnknown' } });
    awa.write(`workshop/${id}/answers`, 'sheet', 's', {
      activityId: id,
      formId: '00000000-0000-4000-8000-0000000000f0',
      answers: {},
      day: '2021-07-15',
    });
    expect(settle('s', 'day', '2021-07-14')).toMatchObject({ refusal: { code: 'sync.writtenOnce' } });
    expect(settle(person, 'familyName', 'DIALLO')).toMatchObject({ ok: true });
  });
});
