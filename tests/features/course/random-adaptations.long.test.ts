// Five hundred histories of adaptations: the same test at length.
process.env['ITINERA_ADAPTATIONS'] ??= '500';
await import('./random-adaptations.test.ts');

export {};
