// A thousand kills in all: marks and imports, a laptop at every step of a sync, a repository at every step of what it receives.
process.env['ITINERA_KILLS'] ??= '400';
process.env['ITINERA_SYNC_KILLS'] ??= '300';
await import('./kill.test.ts');
await import('./sync-kill.test.ts');

export {};
