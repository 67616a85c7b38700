import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readLibrarySources } from '../../../scripts/library-sources.ts';
import { sampleWorkshop } from '../../../shared/features/activity/sample-workshop.ts';
import { countryName } from '../../../shared/kernel/countries.ts';

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources');
const SAMPLE = path.join(RESOURCES, 'sample');
const sample = sampleWorkshop.parse(JSON.parse(readFileSync(path.join(SAMPLE, 'workshop.json'), 'utf8')));
const library = readLibrarySources(RESOURCES);
const refs = new Set(sample.participants.map(({ ref }) => ref));

test('today is the second day of the sample workshop, and its course has that length', () => {
  expect(sample.firstDay).toBe(-1);
  expect(library.courses.find(({ code }) => code === sample.course)?.variants).toContain(sample.days);
});

test('its people are invented, from six countries, each with an own ref, two of one name', () => {
  expect(sample.participants.length).toBeGreaterThanOrEqual(24);
  expect(refs.size).toBe(sample.participants.length);
  expect(new Set(sample.participants.map(({ country }) => country))).toEqual(new Set(sample.countries));
  expect(sample.countries).toHaveLength(6);
  for (const country of sample.countries) expect(countryName(country, 'fr')).not.toBe(country);
  const emails = sample.participants.map(({ email }) => email).filter((email) => email !== '');
  expect(emails.every((email) => email.endsWith('@example.org'))).toBe(true);
  expect(new Set(emails).size).toBe(emails.length);
  const names = sample.participants.map(({ familyName, givenName }) => `${familyName} ${givenName}`);
  expect(new Set(names).size).toBe(names.length - 1);
  for (const { familyName } of sample.participants) expect(familyName).toBe(familyName.toUpperCase());
});

test('marks and sheets are of its people and of days that have begun', () => {
  for (const [ref, marks] of Object.entries(sample.attendance)) {
    expect(refs).toContain(ref);
    for (const halfDay of Object.keys(marks)) expect(['1 AM', '1 PM', '2 AM']).toContain(halfDay);
  }
  const items = (code: string): Set<string> => new Set(library.forms.find((form) => form.code === code)!.items.map(({ id }) => id));
  const test1 = items('intro-prepost-v1');
  expect(new Set(sample.tests.map(({ participant, wave }) => `${participant} ${wave}`)).size).toBe(sample.tests.length);
  for (const { participant, day, answers } of sample.tests) {
    expect(refs).toContain(participant);
    expect(day).toBeLessThanOrEqual(2);
    for (const [item, letter] of Object.entries(answers)) expect([test1.has(item), 'abcd'.includes(letter)]).toEqual([true, true]);
  }
  expect(sample.satisfaction.length).toBeGreaterThanOrEqual(5);
  for (const { form, answers } of sample.satisfaction) {
    const known = items(form);
    for (const [item, answer] of Object.entries(answers)) {
      expect(known).toContain(item);
      if (item.startsWith('S')) expect(answer).toMatch(/^[1-5]$/);
    }
  }
});

test('its materials are real files, and small', () => {
  expect(sample.materials.length).toBeGreaterThan(0);
  for (const { file } of sample.materials) {
    const full = path.join(SAMPLE, file);
    expect(readFileSync(full).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(statSync(full).size).toBeLessThan(100_000);
  }
});
