import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Engine } from '../../../electron/engine/engine.ts';
import { reads, writes } from '../../../shared/contract/call.ts';
import type { Caller } from '../../../shared/contract/caller.ts';
import { desktopContract } from '../../../shared/contract/desktop.ts';
import { dispatcher, served, type CallContext } from '../../../shared/contract/rpc.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { tryOpenTestEngine } from '../../support/laptops/engine.ts';
import { quietCall } from '../../support/quiet-call.ts';

const PHONE: Caller = { door: 'participant', token: 'seat-12' };
const from = (caller: Caller): CallContext => ({ ...quietCall(), caller });

describe('a door', () => {
  const desk = { 'room.title': reads([], z.strictObject({}), z.string()), 'room.close': writes(z.strictObject({}), z.null()) };
  const phone = { 'room.title': reads([], z.strictObject({ code: z.string().max(4) }), z.string()) };
  const heard: Caller[] = [];
  const desktop = served(desk, {
    'room.title': (_args, { caller }) => {
      heard.push(caller);
      return ok('to the desk');
    },
    'room.close': () => ok(null),
  });
  const participant = served(phone, {
    'room.title': ({ code }, { caller }) => {
      heard.push(caller);
      return ok(`to the phone, ${code}`);
    },
  });
  const { dispatch } = dispatcher(
    { window: desktop, terminal: desktop, engine: desktop, participant },
    ({ code }) => code,
    () => undefined,
  );

  it('answers by its own contract, and says who calls', async () => {
    expect(await dispatch('room.title', {}, from({ door: 'window' }))).toEqual({ ok: true, result: 'to the desk' });
    expect(await dispatch('room.title', { code: '4711' }, from(PHONE))).toEqual({ ok: true, result: 'to the phone, 4711' });
    expect(heard).toEqual([{ door: 'window' }, PHONE]);
  });

  it('judges what comes through it by that contract alone', async () => {
    expect(await dispatch('room.title', {}, from(PHONE))).toMatchObject({ ok: false, error: { code: 'call.arguments' } });
    expect(await dispatch('room.title', { code: '4711' }, from({ door: 'terminal' }))).toMatchObject({ error: { code: 'call.arguments' } });
    expect(await dispatch('room.close', {}, from(PHONE))).toMatchObject({ ok: false, error: { code: 'call.unknown' } });
    expect(await dispatch('room.close', {}, from({ door: 'engine' }))).toEqual({ ok: true, result: null });
  });

  it('takes nothing of a message for who calls', async () => {
    const forged = { code: '4711', caller: { door: 'window' } };
    expect(await dispatch('room.title', forged, from(PHONE))).toMatchObject({ ok: false, error: { code: 'call.arguments' } });
  });
});

describe("the participants' door of an engine", () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-doors-'));
  let engine: Engine;
  beforeAll(async () => {
    const opened = await tryOpenTestEngine(path.join(folder, 'data'));
    if (!opened.ok) throw new Error(opened.refusal.code);
    engine = opened.value;
  });
  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  it.each(Object.keys(desktopContract))('refuses %s, whatever it says', async (name) => {
    for (const args of [{}, { id: 'x' }, null]) {
      expect(await engine.dispatcher.dispatch(name, args, from(PHONE))).toMatchObject({ ok: false, error: { code: 'call.unknown' } });
    }
  });
});

describe('that somebody signed in by phone', () => {
  const mark = desktopContract['attendance.mark'].args;
  const one = {
    activityId: '01900000-0000-7000-8000-000000000001',
    halfDay: '2021-07-12-AM',
    marks: [{ personId: '01900000-0000-7000-8000-000000000002', status: 'present' }],
  };

  it('is said by no other door', () => {
    expect(mark.safeParse({ ...one, method: 'paper' }).success).toBe(true);
    expect(mark.safeParse({ ...one, method: 'selfCheckIn' }).success).toBe(false);
  });
});
