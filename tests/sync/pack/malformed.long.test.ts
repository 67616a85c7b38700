// SPEC, invariant 16, at length: the same test with two thousand packs.
process.env['ITINERA_PACKS'] ??= '2000';
await import('./malformed.test.ts');

export {};
