import { expect, test } from 'vitest';
import { instantIn, isTimeZone, wallTime } from '../../../shared/kernel/time-zones.ts';

const iso = (zone: string, day: string, clock: string) => new Date(instantIn(zone, day, clock)!).toISOString();

test('a time in a room is one instant, whatever the zone and the season', () => {
  expect(iso('Africa/Dakar', '2021-07-12', '09:00')).toBe('2021-07-12T09:00:00.000Z');
  expect(iso('Europe/Bucharest', '2021-07-12', '09:00')).toBe('2021-07-12T06:00:00.000Z');
  expect(iso('Europe/Bucharest', '2021-01-12', '09:00')).toBe('2021-01-12T07:00:00.000Z');
  expect(iso('Pacific/Tongatapu', '2021-07-12', '09:00')).toBe('2021-07-11T20:00:00.000Z');
  expect(iso('Asia/Kathmandu', '2021-07-12', '09:00')).toBe('2021-07-12T03:15:00.000Z');
  expect(iso('America/New_York', '2021-11-07', '09:00')).toBe('2021-11-07T14:00:00.000Z');
});

test('an hour that comes twice is the first, one that is left out is an hour later', () => {
  expect(iso('Europe/Paris', '2021-10-31', '02:30')).toBe('2021-10-31T00:30:00.000Z');
  expect(wallTime('Europe/Paris', instantIn('Europe/Paris', '2021-03-28', '02:30')!)).toEqual({ day: '2021-03-28', clock: '03:30' });
});

test('what clocks show at an instant is told with its day', () => {
  const instant = instantIn('Pacific/Port_Moresby', '2021-07-12', '08:00')!;
  expect(wallTime('America/Lima', instant)).toEqual({ day: '2021-07-11', clock: '17:00' });
  for (const zone of ['Africa/Dakar', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Chatham'])
    expect(wallTime(zone, instantIn(zone, '2021-07-12', '08:45')!)).toEqual({ day: '2021-07-12', clock: '08:45' });
});

test('what is no zone, day or time is none', () => {
  expect(['Africa/Dakar', 'UTC', 'Europe/Nowhere', '+02:00', ''].map(isTimeZone)).toEqual([true, true, false, false, false]);
  expect([instantIn('UTC', '2021-02-30', '09:00'), instantIn('UTC', '2021-02-03', '24:00')]).toEqual([null, null]);
});
