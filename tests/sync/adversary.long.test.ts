// Ten thousand histories with a hostile device: the same test at length.
process.env['ITINERA_ADVERSARIES'] ??= '10000';
await import('./adversary.test.ts');

export {};
