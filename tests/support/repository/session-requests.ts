import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { enrolmentProof, helloOnTheWire, sessionProof } from '../../../shared/contract/repository.ts';
import { fromHex, toHex } from '../../../shared/kernel/hex.ts';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { signedHeader } from '../../../shared/node/http/signed-request.ts';
import { newAgreement } from '../../../shared/node/sealing.ts';
import { replicaIdOf } from '../../../shared/sync/change-set.ts';
import type { TestRepository } from './repository.ts';

/** A request as it goes over the wire. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly code: string;
  json<T>(): T;
}

/** A device that was enrolled with a key alone. */
export interface Keyed {
  readonly signer: Signer;
  readonly replica: string;
  readonly repositoryKey: string;
  readonly certificate: string;
  /** The captured enrolment. */
  readonly claim: object;
}

/** A session that was opened, and how it was asked for. */
export interface Opened {
  readonly key: Uint8Array;
  readonly until: number;
  readonly request: object;
  readonly sealed: string;
}

/** The body of a hello. */
export const HELLO = Buffer.from(JSON.stringify(helloOnTheWire.request({ cursor: null, grants: null, own: '', here: [] })));

/** Requests to a repository as whoever has a key, or has overheard one, makes them. */
export function sessionRequests(server: () => TestRepository, now: () => number) {
  async function send({ method, path: at, headers, body }: Request): Promise<Reply> {
    const { host: _host, connection: _connection, ...rest } = headers;
    const length = rest['content-length'] !== undefined && { 'content-length': String(body.length) };
    const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const asked = http.request(server().url + at, { method, headers: { ...rest, ...length } }, (response) => {
        let text = '';
        response.on('data', (piece: Buffer) => (text += piece.toString('latin1')));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      asked.on('error', reject);
      asked.end(body);
    });
    const error = answer.text.startsWith('{"error"') ? (JSON.parse(answer.text) as { error: { code: string } }).error.code : '';
    return { status: answer.status, code: error, json: <T>() => JSON.parse(answer.text) as T };
  }

  function post(at: string, body: object, headers: Record<string, string> = {}): Promise<Reply> {
    const bytes = Buffer.from(JSON.stringify(body));
    return send({ method: 'POST', path: at, headers: { 'content-type': 'application/json', ...headers }, body: bytes });
  }

  /** Everything that a listener on the wire reads of what passes while `work` runs, by its route. */
  async function overheard(work: (url: string) => Promise<void>): Promise<Request[]> {
    const heard: Request[] = [];
    const listener = http.createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const headers = request.headers as Record<string, string>;
        const body = Buffer.concat(pieces);
        heard.push({ method: request.method!, path: request.url!, headers, body });
        const passed = http.request(server().url + request.url!, { method: request.method!, headers }, (answer) => {
          response.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(response);
        });
        passed.end(body);
      });
    });
    await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
    try {
      await work(`http://127.0.0.1:${(listener.address() as AddressInfo).port}`);
    } finally {
      listener.closeAllConnections();
      await new Promise((closed) => listener.close(closed));
    }
    return heard;
  }

  async function keyedDevice(role: 'trainer' | 'coordinator' = 'trainer'): Promise<Keyed> {
    const signer = signerOf(newSeed());
    const plain = {
      code: await server().invite(role, 'all'),
      name: 'Awa Diop',
      publicKey: toHex(signer.publicKey),
      userId: '',
      keyed: true,
    } as const;
    const claim = { ...plain, proof: toHex(signer.sign(enrolmentProof(plain))) };
    const reply = await post('/v1/enrol', claim);
    expect(reply.status).toBe(200);
    const said = reply.json<{ certificate: string; repositoryKey: string; token?: string }>();
    expect(said.token).toBeUndefined();
    return { signer, replica: replicaIdOf(signer.publicKey, nodeHasher), ...said, claim };
  }

  async function open({ signer, replica, repositoryKey }: Pick<Keyed, 'signer' | 'replica' | 'repositoryKey'>): Promise<Opened> {
    const agreement = newAgreement();
    const asked = { replica, agreement: toHex(agreement.publicKey) };
    const request = { ...asked, proof: toHex(signer.sign(sessionProof(repositoryKey, asked))) };
    const reply = await post('/v1/session', request);
    expect(reply.code).toBe('');
    const { until, sealed } = reply.json<{ until: number; sealed: string }>();
    return { key: agreement.open(fromHex(sealed))!, until, request, sealed };
  }

  function helloBy(replica: string, { key, until }: Pick<Opened, 'key' | 'until'>, at = Math.floor(now() / 1_000)): Request {
    const authorization = signedHeader(key, { replica, until, at }, { method: 'POST', path: '/v1/hello', body: HELLO });
    return { method: 'POST', path: '/v1/hello', headers: { authorization, 'content-length': '0' }, body: HELLO };
  }

  return { send, post, overheard, keyedDevice, open, helloBy };
}
