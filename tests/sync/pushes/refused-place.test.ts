import { describe, expect, it } from 'vitest';
import { isKeptNowhere, isNeverLogged, placeOfRefused } from '../../../shared/features/sync/refused-place.ts';
import type { Op } from '../../../shared/sync/types.ts';

const write = (field: string, content: Op['content']): { readonly ops: readonly Op[] } => ({
  ops: [
    { entityType: 'mark', entityId: 'm', field: 'status', supersedes: [], content: { form: 'plain', value: 'present' } },
    { entityType: 'participant', entityId: 'p', field, supersedes: [], content },
  ],
});
const decent = write('familyName', { form: 'erasable', value: 'TRAORÉ', salt: '0f'.repeat(16) });
const evading = write('familyName', { form: 'plain', value: 'TRAORÉ' });

describe('what is refused is kept', () => {
  it.each([
    ['sync.spaceClosed', 'quarantine', 'bareInLog'],
    ['sync.replicaUnknown', 'quarantine', 'quarantine'],
    ['sync.replicaRevoked', 'quarantine', 'quarantine'],
    ['sync.unprovable', 'quarantine', 'quarantine'],
    ['sync.kindNotAllowed', 'quarantine', 'quarantine'],
    ['sync.wrongSpace', 'bareInLog', 'bareInLog'],
    ['sync.notEntitled', 'log', 'log'],
    ['sync.valueInvalid', 'log', 'log'],
    ['sync.appendOnly', 'log', 'log'],
    ['sync.clockAhead', 'log', 'log'],
  ])('for %s: %s, and where its chain waits for its signature: %s', (code, closed, open) => {
    expect([placeOfRefused(decent, code, false), placeOfRefused(decent, code, true)]).toEqual([closed, open]);
    expect([placeOfRefused(evading, code, false), placeOfRefused(evading, code, true)]).toEqual(['nowhere', 'nowhere']);
  });

  it('for good outside the log where no right could ever bring it in', () => {
    const codes = ['sync.spaceClosed', 'sync.replicaUnknown', 'sync.replicaRevoked', 'sync.unprovable', 'sync.wrongSpace', null];
    expect(codes.filter(isNeverLogged)).toEqual([]);
    expect(isNeverLogged('sync.kindNotAllowed')).toBe(true);
  });

  it('nowhere, by no carrier, where a person could not be erased from it', () => {
    expect([decent, evading].map(isKeptNowhere)).toEqual([false, true]);
    // What says nothing, or is gone already, is of nobody.
    expect(isKeptNowhere(write('familyName', { form: 'plain', value: null }))).toBe(false);
    expect(isKeptNowhere(write('familyName', { form: 'redacted', digest: '0f'.repeat(32) }))).toBe(false);
  });
});
