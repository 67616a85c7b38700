import { S3Client, ListObjectsV2Command, CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { randomBytes } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFauxqs } from 'fauxqs';
import type { S3Settings } from '../../../shared/node/files/s3-bucket.ts';

/** An S3 server in this process, on loopback, and a bucket of its own. */
export interface TestBucket {
  readonly settings: S3Settings;
  keys(): Promise<string[]>;
  put(key: string, bytes: Uint8Array): Promise<void>;
  stop(): Promise<void>;
}

export async function startBucket(): Promise<TestBucket> {
  const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const Bucket = `itinera-${randomBytes(4).toString('hex')}`;
  const endpoint = `http://127.0.0.1:${server.port}`;
  const client = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket }));
  return {
    settings: { endpoint, region: 'us-east-1', bucket: Bucket, prefix: '', ...credentials },
    async keys() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      return Contents.map(({ Key }) => Key!);
    },
    async put(Key, Body) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
    async stop() {
      client.destroy();
      await server.stop();
    },
  };
}

/** A way to a bucket that breaks for good after `left` requests: the next one is lost, or done and its answer lost. */
export interface BreakingWay {
  readonly endpoint: string;
  readonly broken: () => boolean;
  stop(): Promise<void>;
}

export async function breakingWay(to: string, left: number, lost: 'request' | 'answer'): Promise<BreakingWay> {
  let count = 0;
  const { hostname, port } = new URL(to);
  const way: Server = createServer((incoming, answer) => {
    count++;
    if (count > left + 1 || (count === left + 1 && lost === 'request')) return void incoming.socket.destroy();
    const breaks = count === left + 1;
    const { method, url, headers } = incoming;
    const outgoing = request({ hostname, port, method, path: url, headers }, (said) => {
      if (breaks) {
        said.resume();
        said.on('end', () => incoming.socket.destroy());
        return;
      }
      answer.writeHead(said.statusCode!, said.headers);
      said.pipe(answer);
    });
    outgoing.on('error', () => incoming.socket.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(way.address() as AddressInfo).port}`,
    broken: () => count > left,
    async stop() {
      way.closeAllConnections();
      await new Promise((resolve) => way.close(resolve));
    },
  };
}
