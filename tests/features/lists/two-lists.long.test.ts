// Five hundred pairs of lists: the same test at length.
process.env['ITINERA_LISTS'] ??= '500';
await import('./two-lists.test.ts');

export {};
