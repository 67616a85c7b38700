import { enrolmentProof, helloOnTheWire, BINARY } from '../../../shared/contract/repository.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { brotli, newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { encodeChangeSet, replicaIdOf, sealChangeSet } from '../../../shared/sync/change-set.ts';
import { encodePack } from '../../../shared/sync/pack/pack-writer.ts';
import type { ChangeSet, ChangeSetKind, FieldValue, Op } from '../../../shared/sync/types.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** The code of a refusal; '' where it is none. */
  readonly code: string;
  json<T>(): T;
}

/** An enrolled device that keeps nothing and asks what it likes: not the program that people run, but what anybody could write. It asks with a token, as programs from before sessions do. */
export interface BareDevice {
  readonly signer: Signer;
  readonly replica: string;
  readonly token: string;
  /** Of the repository, 64 hex digits. */
  readonly repositoryKey: string;
  /** base64url, as it was issued. */
  readonly certificate: string;
  ask(method: string, path: string, body?: Uint8Array | string | null, headers?: Record<string, string>): Promise<Answer>;
  hello(): Promise<{ grants: { spaces: string[] } }>;
  /** A change-set that begins a chain of its own. */
  seal(space: string, ops: readonly WrittenField[], kind?: ChangeSetKind): ChangeSet;
  push(changeSets: readonly ChangeSet[]): Promise<Answer>;
}

export interface WrittenField {
  readonly type: string;
  readonly id: string;
  readonly field: string;
  readonly value: FieldValue;
}

let clock = 0;

/** Enrols a device by a code, with a key of its own. */
export async function enrolBareDevice(url: string, code: string, name = 'A device'): Promise<BareDevice> {
  const signer = signerOf(newSeed());
  const replica = replicaIdOf(signer.publicKey, nodeHasher);
  const claim = { code, name, publicKey: toHex(signer.publicKey), userId: '' };
  const proof = toHex(signer.sign(enrolmentProof(claim)));
  const ask = async (
    token: string,
    method: string,
    path: string,
    body: Uint8Array | string | null,
    headers: Record<string, string>,
  ): Promise<Answer> => {
    const answer = await fetch(url + path, {
      method,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
      body: typeof body === 'string' || body === null ? body : Buffer.from(body),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const text = answer.status < 400 ? '' : new TextDecoder().decode(bytes);
    const code = text.startsWith('{') ? ((JSON.parse(text) as { error?: { code: string } }).error?.code ?? '') : '';
    return {
      status: answer.status,
      headers: answer.headers,
      bytes,
      code,
      json: <T>() => JSON.parse(new TextDecoder().decode(bytes)) as T,
    };
  };
  const reply = await ask('', 'POST', '/v1/enrol', JSON.stringify({ ...claim, proof }), { 'content-type': 'application/json' });
  if (reply.status !== 200) throw new Error(`enrol: ${reply.code}`);
  const { token, certificate, repositoryKey } = reply.json<{ token: string; certificate: string; repositoryKey: string }>();
  const device: BareDevice = {
    signer,
    replica,
    token,
    repositoryKey,
    certificate,
    ask: (method, path, body = null, headers = {}) => ask(token, method, path, body, headers),
    async hello() {
      const body = helloOnTheWire.request({ cursor: null, grants: null, own: '', here: [] });
      const answer = await device.ask('POST', '/v1/hello', new TextEncoder().encode(JSON.stringify(body)));
      const said = helloOnTheWire.readReply(answer.json());
      if (!said) throw new Error(`hello: ${answer.status} ${answer.code}`);
      return { grants: { spaces: [...(said.grants?.spaces ?? [])] } };
    },
    seal(space, ops, kind = 'data') {
      const header = { version: 1, space, replica, seq: 1, prev: null, t: ++clock, tq: 0, schema: 1, author: name, kind } as const;
      const written = ops.map(({ type, id, field, value }): Op => ({
        entityType: type,
        entityId: id,
        field,
        supersedes: [],
        content: { form: 'plain', value },
      }));
      return sealChangeSet(header, written, signer, nodeHasher);
    },
    push(changeSets) {
      const pack = encodePack({ spaces: [], certificates: [] }, changeSets.map(encodeChangeSet), {
        hasher: nodeHasher,
        compression: brotli,
        signer,
      });
      return device.ask('POST', '/v1/push', pack, { 'content-type': BINARY });
    },
  };
  return device;
}
