import { connect } from 'node:net';
import { clusterAt, startCluster, type Cluster } from './postgres-cluster.ts';

/** A real PostgreSQL: `freshDatabase` makes an empty database; `stop` drops those that were made here. */
export interface Postgres {
  readonly url: string;
  freshDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Under vitest the cluster of the run, which starts at the first call and ends with the run; elsewhere (benches) an own one, which `stop` ends. */
export async function startPostgres(): Promise<Postgres> {
  const shared = process.env['VITEST'] ? await clusterOfTheRun() : null;
  const cluster = shared ?? (await startCluster(true));
  const made: string[] = [];
  return {
    url: cluster.url,
    async freshDatabase() {
      const url = await cluster.freshDatabase();
      made.push(url);
      return url;
    },
    async stop() {
      for (const url of made.splice(0)) await cluster.dropDatabase(url);
      await cluster.stop();
    },
  };
}

async function clusterOfTheRun(): Promise<Cluster> {
  const { inject } = await import('vitest');
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect(inject('postgresPort'), '127.0.0.1').setEncoding('utf8');
    socket.on('data', (piece: string) => (text += piece));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
  const { url, error } = JSON.parse(answer) as { url?: string; error?: string };
  if (url === undefined) throw new Error(error);
  return clusterAt(url, async () => {});
}
