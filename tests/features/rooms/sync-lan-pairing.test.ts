import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { LanIdentity } from '../../../electron/engine/sync/lan/identity.ts';
import { PREAMBLE } from '../../../electron/engine/sync/lan/pairing.ts';
import { lineChannel, type LineChannel } from '../../../electron/engine/sync/lan/line-channel.ts';
import { commitmentTo, pairingNonce, pairingProof, pairingTranscript, shortCode } from '../../../shared/features/sync/lan-pairing.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import { fingerprintSigns } from '../../../shared/features/sync/lan-address.ts';
import { brotli, nodeHasher, nodeRandom, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { readOrMintKey } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import { openLanLaptop, shownAt, type LanLaptop, type LanLaptopOptions } from '../../support/laptops/lan-laptop.ts';
import { identityOf } from '../../support/laptops/lan-stranger.ts';

const laptops: LanLaptop[] = [];
const servers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of servers.splice(0)) one.close();
  for (const laptop of laptops.splice(0)) await laptop.end();
});

function laptop(name: string, options: LanLaptopOptions = {}): LanLaptop {
  const made = openLanLaptop({ name, ...options });
  laptops.push(made);
  return made;
}

const reading = { hasher: nodeHasher, compression: brotli, verifier: nodeVerifier() };
const packing = (of: LanLaptop) => ({ ...reading, signer: signerOf(readOrMintKey(of.folder, of.store.db)) });
const peersOf = async (of: LanLaptop) => (await of.lan('sync.lanStatus')).peers;

describe('pairing', () => {
  it('shows two owners different codes when somebody stands between their laptops', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    // To Bento's laptop he says that he is Awa, to Awa's that he is Bento: two laptops of his own, and a hand on both.
    const [toAwa, toBento] = [laptop('Bento'), laptop('Awa')];
    const there = await bento.openDoor();
    const between = await toAwa.openDoor();
    const atAwa = await awa.lan('sync.lanPair', { address: between });
    await toBento.lan('sync.lanPair', { address: there });
    const atBento = await shownAt(bento);
    expect([atAwa.name, atBento.name]).toEqual(['Bento', 'Awa']);
    expect(atAwa.code).not.toBe(atBento.code);
    // They look, and say so; even when he says yes to both, nobody is paired.
    await awa.lan('sync.lanConfirm', { equal: false });
    await bento.lan('sync.lanConfirm', { equal: false });
    for (const his of [toAwa, toBento]) {
      const answer = await his.tryLan('sync.lanConfirm', { equal: true });
      expect(answer).toMatchObject({ ok: false });
    }
    for (const one of [awa, bento, toAwa, toBento]) expect(await peersOf(one)).toEqual([]);
  });

  it('pins nobody before both owners have said yes, whoever is the first', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const address = await awa.openDoor();
    for (const first of [awa, bento]) {
      const second = first === awa ? bento : awa;
      await bento.lan('sync.lanPair', { address });
      await shownAt(awa);
      const waiting = first.lan('sync.lanConfirm', { equal: true });
      expect((await first.lan('sync.lanStatus')).pairing).toMatchObject({ waiting: true });
      expect(await peersOf(first)).toEqual([]);
      await second.lan('sync.lanConfirm', { equal: true });
      await waiting;
      expect([(await peersOf(awa)).length, (await peersOf(bento)).length]).toEqual([1, 1]);
      await awa.lan('sync.lanForget', { replica: bento.store.replica });
      await bento.lan('sync.lanForget', { replica: awa.store.replica });
    }
    await bento.lan('sync.lanPair', { address });
    await shownAt(awa);
    const hopeful = bento.tryLan('sync.lanConfirm', { equal: true });
    expect(await awa.lan('sync.lanConfirm', { equal: false })).toEqual({ replica: null, name: '' });
    expect(await hopeful).toMatchObject({ ok: false, refusal: { code: 'sync.lanRefused' } });
    expect(await awa.tryLan('sync.lanConfirm', { equal: true })).toMatchObject({ ok: false, refusal: { code: 'sync.lanNoPairing' } });
  });

  it('gives so many guesses and no more, until the owner opens the door again', async () => {
    const [awa, mallory] = [laptop('Awa'), laptop('Mallory')];
    const address = await awa.openDoor();
    for (let i = 0; i < 5; i++) {
      await mallory.lan('sync.lanPair', { address });
      await shownAt(awa);
      await awa.lan('sync.lanConfirm', { equal: false });
      await mallory.tryLan('sync.lanConfirm', { equal: true });
    }
    expect(await mallory.tryLan('sync.lanPair', { address })).toMatchObject({ ok: false, refusal: { code: 'sync.lanPairingLost' } });
    expect((await awa.lan('sync.lanStatus')).pairing).toBeNull();
    await mallory.lan('sync.lanPair', { address: await awa.openDoor() });
  });

  it('answers one at a time', async () => {
    const [awa, bento, carla] = [laptop('Awa'), laptop('Bento'), laptop('Carla')];
    const address = await awa.openDoor();
    await bento.lan('sync.lanPair', { address });
    await shownAt(awa);
    expect(await carla.tryLan('sync.lanPair', { address })).toMatchObject({ ok: false, refusal: { code: 'sync.lanPairingLost' } });
    expect(await awa.tryLan('sync.lanPair', { address })).toMatchObject({ ok: false, refusal: { code: 'sync.lanBusy' } });
    expect((await awa.lan('sync.lanStatus')).pairing).toMatchObject({ name: 'Bento' });
  });

  it('with a code that names the laptop goes to that laptop only', async () => {
    const [awa, bento, mallory] = [laptop('Awa'), laptop('Bento'), laptop('Mallory')];
    await awa.openDoor();
    const [invitation] = (await awa.lan('sync.lanStatus')).invitations;
    const place = await mallory.openDoor();
    const signs = fingerprintSigns((await identityOf(awa)).fingerprint);
    expect(invitation).toContain(signs);
    expect(await bento.tryLan('sync.lanPair', { address: `${place}/${signs}` })).toMatchObject({
      refusal: { code: 'sync.lanFingerprint' },
    });
    expect(await bento.lan('sync.lanPair', { address: invitation! })).toMatchObject({ name: 'Awa' });
  });

  it('ends where the number that was committed to is not the one that is revealed', async () => {
    const [awa, mallory] = [laptop('Awa'), laptop('Mallory')];
    const door = await identityOf(awa);
    const his = await identityOf(mallory);
    const signer = packing(mallory).signer;
    const address = await awa.openDoor();
    const him = { fingerprint: his.fingerprint, publicKey: toHex(signer.publicKey), name: 'Mallory', repository: '' };
    for (const keeps of [false, true]) {
      const channel = await saysPairing(address, his, door);
      const [committed, other] = [pairingNonce(nodeRandom), pairingNonce(nodeRandom)];
      const { fingerprint: _, ...introduced } = him;
      channel.send({ type: 'ask', version: 1, ...introduced, commitment: commitmentTo(committed, him, nodeHasher) });
      const answer = await channel.next(5_000);
      if (answer?.type !== 'answer') throw new Error('no answer');
      // He has seen Awa's number, and says another one than he committed to, with everything else in order.
      const nonce = keeps ? committed : other;
      const hers = { fingerprint: door.fingerprint, publicKey: answer.publicKey, name: answer.name, repository: '' };
      const transcript = pairingTranscript(him, nonce, hers, answer.nonce, nodeHasher);
      channel.send({ type: 'reveal', nonce, proof: pairingProof(transcript, 'asking', signer) });
      expect((await channel.next(5_000))?.type).toBe(keeps ? 'proof' : 'refuse');
      if (keeps) expect(await shownAt(awa)).toMatchObject({ code: shortCode(transcript), name: 'Mallory' });
      else expect((await awa.lan('sync.lanStatus')).pairing).toBeNull();
      channel.close();
      await new Promise((resolve) => setTimeout(resolve, 220));
    }
  });

  it('ends where a side does not keep to its word', async () => {
    const [awa, mallory] = [laptop('Awa'), laptop('Mallory')];
    const [host, port] = (await awa.openDoor()).split(':') as [string, string];
    const ours = await identityOf(mallory);
    const hex = (digits: number) => 'ab'.repeat(digits / 2);
    const ask = { type: 'ask', version: 1, publicKey: hex(64), name: 'Mallory', repository: '', commitment: hex(64) } as const;
    for (const lines of [
      [ask, { type: 'reveal', nonce: hex(64), proof: hex(128) }],
      [{ type: 'reveal', nonce: hex(64), proof: hex(128) }],
      [{ ...ask, version: 2 }],
      [{ type: 'confirm' }],
    ] as const) {
      const channel = await saysPairing(`${host}:${port}`, ours, await identityOf(awa));
      for (const line of lines) channel.send(line as never);
      let last = await channel.next(5_000);
      while (last && last.type !== 'refuse') last = await channel.next(5_000);
      expect((await awa.lan('sync.lanStatus')).pairing).toBeNull();
      channel.close();
      await new Promise((resolve) => setTimeout(resolve, 220));
    }
    // Whatever else comes in at the door is shut out without a word.
    for (const garbage of ['GET / HTTP/1.1\r\n\r\n', '\x00\x01', `${PREAMBLE}not TLS at all`, 'ITINERA PAIR 2\n']) {
      const raw = connect(Number(port), host);
      const heard: Buffer[] = [];
      raw.on('data', (piece: Buffer) => heard.push(piece));
      raw.on('error', () => undefined);
      const closed = new Promise((resolve) => raw.on('close', resolve));
      raw.write(garbage, 'latin1');
      await closed;
      // At most a TLS alert.
      expect(Buffer.concat(heard).length).toBeLessThan(16);
      await new Promise((resolve) => setTimeout(resolve, 220));
    }
  });
});

/** A connection that asks to be paired, with whatever is said on it. */
async function saysPairing(address: string, as: LanIdentity, door: LanIdentity): Promise<LineChannel> {
  const [host, port] = address.split(':') as [string, string];
  const raw = connect(Number(port), host);
  raw.write(PREAMBLE);
  const tls = { key: as.key, cert: as.certificate, ca: [door.certificate], checkServerIdentity: () => undefined };
  const secure = connectTls({ socket: raw, ...tls });
  await new Promise((resolve) => secure.once('secureConnect', resolve));
  return lineChannel(secure);
}
