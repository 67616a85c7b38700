// A run that fails at every step, one after the other: the same tests, none of its steps left out.
process.env['ITINERA_ACCESS_STRIDE'] ??= '1';
await import('./access-lost.test.ts');

export {};
