import { describe, expect, it } from 'vitest';
import { consentOf, consentValue } from '../../shared/features/people/consents.ts';
import { consent, isPhone, notes } from '../../shared/model/values.ts';

describe('a telephone number', () => {
  it.each(['+221 77 123 45 67', '771234567', '00 221 33 889 00 00 poste 12', '(+55) 11 91234-5678', '77 123 45 67 / 78 000 00 00', '112'])(
    'is what people write: %s',
    (text) => expect(isPhone(text)).toBe(true),
  );
  it.each(['', '12', 'non', 'awa@example.org', '77\n12345', 'x'.repeat(80), '1'.repeat(101)])('is not %j', (text) => {
    expect(isPhone(text)).toBe(false);
  });
});

describe('a consent', () => {
  it('says what, to which wording, on which day', () => {
    const given = { given: true, wording: 1, day: '2026-02-28' };
    expect(consentValue(given)).toBe('yes 1 2026-02-28');
    expect(consentOf('yes 1 2026-02-28')).toEqual(given);
    expect(consentOf(consentValue({ ...given, given: false }))).toEqual({ ...given, given: false });
  });
  it.each(['yes', 'yes 1', 'yes 1 2026-02-30', 'perhaps 1 2026-02-28', 'yes 0 2026-02-28', 'yes 1 2026-02-28 '])('is not %j', (text) => {
    expect(consent.safeParse(text).success).toBe(false);
  });
});

it('a note has an end', () => {
  expect(notes.safeParse('a\nb').success).toBe(true);
  expect(notes.safeParse('a'.repeat(2_001)).success).toBe(false);
});
