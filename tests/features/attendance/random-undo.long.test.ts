// Six hundred imports undone: the same test at length.
process.env['ITINERA_UNDOS'] ??= '600';
await import('./random-undo.test.ts');

export {};
