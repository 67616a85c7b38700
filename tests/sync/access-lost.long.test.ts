// A hundred histories in which access is withdrawn and given back: the same test at length.
process.env['ITINERA_ACCESS'] ??= '100';
await import('./access-lost.test.ts');

export {};
