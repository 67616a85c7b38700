// A thousand histories with a hostile device: the same test at length.
process.env['ITINERA_ADVERSARIES'] ??= '1000';
await import('./adversary.test.ts');

export {};
