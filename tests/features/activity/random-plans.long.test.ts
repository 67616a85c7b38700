// A thousand random plans: the same test at length.
process.env['ITINERA_PLANS'] ??= '1000';
await import('./random-plans.test.ts');

export {};
