// Two thousand mangled lists: the same test at length.
process.env['ITINERA_MANGLED'] ??= '2000';
await import('./mangled-lists.test.ts');

export {};
