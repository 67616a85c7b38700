// Five hundred histories: the same test at length.
process.env['ITINERA_LINKS'] ??= '500';
await import('./random-links.test.ts');

export {};
