import { afterAll, beforeAll } from 'vitest';
import { startPostgres, type Postgres } from '../support/repository/postgres.ts';
import { openPostgresSubject } from './postgres-subject.ts';
import { conformance } from './suite.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

conformance('on PostgreSQL', async (options) => openPostgresSubject(options, await postgres.freshDatabase()));
