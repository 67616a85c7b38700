// vitest's global set-up: one PostgreSQL cluster per run, started when the first test asks for it.
import { createServer, type AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startCluster, type Cluster } from './postgres-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The loopback port that answers every connection with the address of the run's cluster. */
    postgresPort: number;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<Cluster> | null = null;
  const desk = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    cluster ??= startCluster(false);
    cluster.then(
      ({ url }) => socket.end(JSON.stringify({ url })),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  project.provide('postgresPort', (desk.address() as AddressInfo).port);
  return async () => {
    desk.close();
    await (await cluster?.catch(() => null))?.stop();
  };
}
