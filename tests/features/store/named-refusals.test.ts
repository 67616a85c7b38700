import { expect, it } from 'vitest';
import { z } from 'zod';
import { reads, type Call } from '../../../shared/contract/call.ts';
import { dispatcher, served, type Handlers } from '../../../shared/contract/rpc.ts';
import { refuse, type Refused } from '../../../shared/kernel/result.ts';
import { quietCall } from '../../support/quiet-call.ts';

/** A call refuses with what its contract names: types hold that of what this program says, the dispatcher notes what came from elsewhere. */

const contract = { 'a.read': reads([], z.strictObject({ code: z.string() }), z.null(), ['a.unknown']) };
const handlers: Handlers<typeof contract> = {
  // As what others said comes in: nobody knows which code it is.
  'a.read': ({ code }) => refuse(code) as Refused<'a.unknown'>,
};
/** Does not compile where a handler could answer with a code that its call does not name. */
const isKept: (typeof contract)['a.read'] extends Call<z.ZodType, z.ZodType, infer C> ? ('a.other' extends C ? never : true) : never = true;

it('what the contract does not name reaches the caller as it is, and is noted', async () => {
  expect(isKept).toBe(true);
  const noted: unknown[] = [];
  const door = served(contract, handlers);
  const doors = { window: door, terminal: door, engine: door, participant: door };
  const asked = dispatcher(
    doors,
    ({ code }) => code,
    (name, error) => noted.push([name, (error as { code?: string }).code]),
  );
  const codeOf = async (code: string): Promise<unknown> => {
    const answer = await asked.dispatch('a.read', { code }, quietCall());
    return answer.ok ? null : answer.error.code;
  };
  expect(await codeOf('a.unknown')).toBe('a.unknown');
  expect(await codeOf('storage.full')).toBe('storage.full');
  expect(noted).toEqual([]);
  expect(await codeOf('a.ofTomorrow')).toBe('a.ofTomorrow');
  expect(await codeOf('Awa Diop, Dakar')).toBe('Awa Diop, Dakar');
  expect(noted).toEqual([
    ['a.read', 'a.ofTomorrow'],
    ['a.read', ''],
  ]);
});
