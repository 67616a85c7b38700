// Ten thousand histories in all: the same two tests at length.
process.env['ITINERA_HISTORIES'] ??= '1400';
process.env['ITINERA_PURE'] ??= '8600';
await import('./histories.test.ts');
await import('./histories-pure.test.ts');

export {};
