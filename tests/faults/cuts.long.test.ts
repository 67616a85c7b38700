// A thousand cuts, and a file cut at every 50 bytes.
process.env['ITINERA_CUTS'] ??= '1000';
process.env['ITINERA_CUT_EVERY'] ??= '50';
await import('./sync-cuts.test.ts');
await import('./file-cuts.test.ts');

export {};
