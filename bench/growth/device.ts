import { entityOf } from '../../shared/model/entities.ts';
import { isErasable } from '../../shared/model/entity.ts';
import { fieldOf } from '../../shared/model/judge.ts';
import { randomUUID } from 'node:crypto';
import { BINARY, helloOnTheWire, type HelloReply } from '../../shared/contract/repository.ts';
import { brotli, nodeHasher } from '../../shared/node/crypto.ts';
import { DERIVATIONS } from '../../shared/model/derivations.ts';
import { answersSpace, peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import { encodeChangeSet, sealChangeSet } from '../../shared/sync/change-set.ts';
import { positionsDigest } from '../../shared/sync/exchange.ts';
import { encodePack } from '../../shared/sync/pack/pack-writer.ts';
import type { ChangeSet, FieldValue, Op } from '../../shared/sync/types.ts';
import { enrolBareDevice, type BareDevice } from '../../tests/support/laptops/bare-device.ts';

/** A device that taps marks as the program does, one change-set each, and sends what it has sealed. */
export class MarkingDevice {
  readonly bare: BareDevice;
  readonly workshop: string;
  readonly #ends = new Map<string, ChangeSet>();
  #people: string[] = [];
  #cursor: string | null = null;
  #grants: string | null = null;
  #own = '';

  private constructor(bare: BareDevice, workshop: string) {
    this.bare = bare;
    this.workshop = workshop;
  }

  static async enrol(url: string, code: string, workshop: string = randomUUID()): Promise<MarkingDevice> {
    return new MarkingDevice(await enrolBareDevice(url, code), workshop);
  }

  /** A workshop with its three spaces, or (where a second laptop works on it) none of them, and so many people. */
  open(people: number, isFirst = true): ChangeSet[] {
    const { workshop } = this;
    const made = !isFirst
      ? []
      : [
          this.#seal(planSpace(workshop), [
            ['activity', workshop, { name: 'Atelier', start: '2021-07-12', end: '2021-07-15', countries: ['SN'] }],
          ]),
          this.#seal(peopleSpace(workshop), [['roster', randomUUID(), { activityId: workshop, key: 'k' }]]),
          this.#seal(answersSpace(workshop), [['answerBook', randomUUID(), { activityId: workshop, key: 'k' }]]),
        ];
    this.#people = Array.from({ length: people }, () => randomUUID());
    for (const person of this.#people) {
      const record = { activityId: workshop, familyName: 'TRAORE', givenName: 'Moussa', country: 'SN' };
      made.push(this.#seal(peopleSpace(workshop), [['participant', person, record]]));
    }
    return made;
  }

  /** So many marks, each a change-set. */
  marks(count: number): ChangeSet[] {
    return Array.from({ length: count }, (_, i) => {
      const personId = this.#people[i % this.#people.length]!;
      const record = { activityId: this.workshop, personId, halfDay: '2021-07-12-AM', status: 'present', method: 'tap' };
      return this.#seal(peopleSpace(this.workshop), [['mark', randomUUID(), record]]);
    });
  }

  #seal(space: string, entities: readonly (readonly [type: string, id: string, record: Record<string, FieldValue>])[]): ChangeSet {
    const before = this.#ends.get(space);
    const ops = entities.flatMap(([entityType, entityId, record]) =>
      Object.entries(record).map(([field, value]): Op => ({
        entityType,
        entityId,
        field,
        supersedes: [],
        content: contentOf(entityType, field, value),
      })),
    );
    const place = { seq: (before?.header.seq ?? 0) + 1, prev: before?.hash ?? null };
    const header = {
      version: 1,
      space,
      replica: this.bare.replica,
      ...place,
      t: 1_770_000_000_000 + place.seq * 900,
      tq: 0,
      schema: 1,
    } as const;
    const made = sealChangeSet({ ...header, author: 'somebody', kind: 'data' }, ops, null, nodeHasher);
    this.#ends.set(space, made);
    return made;
  }

  /** The pack of change-sets that follow one another, the end of each chain signed. */
  packOf(changeSets: readonly ChangeSet[]): Uint8Array {
    const last = new Map(changeSets.map((changeSet) => [changeSet.header.space, changeSet.hash]));
    const signed = changeSets.map((changeSet) =>
      last.get(changeSet.header.space) === changeSet.hash
        ? { ...changeSet, signature: Buffer.from(this.bare.signer.sign(Buffer.from(changeSet.hash, 'hex'))).toString('hex') }
        : changeSet,
    );
    const ports = { hasher: nodeHasher, compression: brotli, signer: this.bare.signer, derivations: DERIVATIONS };
    return encodePack({ spaces: [], certificates: [] }, signed.map(encodeChangeSet), ports);
  }

  async send(pack: Uint8Array): Promise<{ readonly applied: number }> {
    const answer = await this.bare.ask('POST', '/v1/push', pack, { 'content-type': BINARY });
    if (answer.status !== 200) throw new Error(`push: ${answer.status} ${answer.code}`);
    const said = answer.json<{ applied: number; refused?: unknown[]; missing?: unknown[] }>();
    if (said.refused || said.missing) throw new Error(`push: ${JSON.stringify(said).slice(0, 300)}`);
    return said;
  }

  /** Where this device stands; moves on with every hello. */
  get cursor(): string | null {
    return this.#cursor;
  }

  async hello(): Promise<HelloReply> {
    const request = { cursor: this.#cursor, grants: this.#grants, own: this.#own, here: [] };
    const answer = await this.bare.ask('POST', '/v1/hello', new TextEncoder().encode(JSON.stringify(helloOnTheWire.request(request))));
    const said = answer.status === 200 ? helloOnTheWire.readReply(answer.json()) : null;
    if (!said) throw new Error(`hello: ${answer.status} ${answer.code}`);
    this.#cursor = said.cursor ?? this.#cursor;
    this.#grants = said.grants?.tag ?? this.#grants;
    if (said.chains)
      this.#own = positionsDigest(
        said.chains.map((chain) => ({ ...chain, replica: this.bare.replica })),
        nodeHasher,
      );
    return said;
  }

  /** Bytes of the answer to a pull from a position. */
  async pull(cursor: string | null): Promise<number> {
    const body = JSON.stringify({ cursor, fill: [], frame: 256 << 10 });
    const answer = await this.bare.ask('POST', '/v1/pull', body, { 'content-type': 'application/json' });
    if (answer.status !== 200) throw new Error(`pull: ${answer.status} ${answer.code}`);
    return answer.bytes.length;
  }
}

/** A person's values in the form that an erasure reaches. */
function contentOf(entityType: string, field: string, value: FieldValue): Op['content'] {
  const definition = entityOf(entityType);
  const known = definition && fieldOf(definition, field);
  return known && isErasable(known) ? { form: 'erasable', value, salt: randomUUID().replaceAll('-', '') } : { form: 'plain', value };
}
