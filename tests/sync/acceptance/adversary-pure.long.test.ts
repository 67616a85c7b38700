// Ten thousand histories with a hostile device on stores that keep a list: the same test at length.
process.env['ITINERA_PURE_ADVERSARIES'] ??= '10000';
await import('./adversary-pure.test.ts');

export {};
