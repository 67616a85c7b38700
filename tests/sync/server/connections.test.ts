import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AT_WORK, Connections, KNOWN, STRANGER, countedAddress } from '../../../shared/node/http/connections.ts';

class FakeSocket extends EventEmitter {
  destroyed = false;
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

function door(limits: { total?: number; strangersPerAddress?: number } = {}) {
  let at = 0;
  const connections = new Connections({ total: 4, strangersPerAddress: 3, fresh: 100, now: () => at, ...limits });
  return {
    connections,
    later: (milliseconds: number) => void (at += milliseconds),
    enter(address: string, perAddress?: boolean): FakeSocket & Socket {
      const socket = new FakeSocket() as FakeSocket & Socket;
      connections.enter(socket, address, perAddress);
      return socket;
    },
  };
}

describe('where there is no room', () => {
  it('the oldest that has said nothing gives way, of the address that holds most', () => {
    const { enter, connections, later } = door();
    const [first, second, third, other] = ['a', 'a', 'a', 'b'].map((address) => {
      later(1);
      return enter(address);
    });
    connections.setPriority(first!, STRANGER);
    const newcomer = enter('c');
    expect([first, second, third, other, newcomer].map((socket) => socket!.destroyed)).toEqual([false, true, false, false, false]);
    expect(connections.size).toBe(4);
  });

  it('a stranger who has spoken gives way to nobody who is silent, and who is known to no stranger', () => {
    const { enter, connections } = door();
    const [silent, stranger, known, busy] = [enter('a'), enter('b'), enter('c'), enter('d')];
    connections.setPriority(stranger, STRANGER);
    connections.setPriority(known, KNOWN);
    connections.setPriority(busy, AT_WORK);
    const gone: string[] = [];
    const names = { silent, stranger, known, busy };
    for (const [name, socket] of Object.entries(names)) socket.on('close', () => gone.push(name));
    for (let i = 0; i < 3; i++) connections.setPriority(enter(`n${i}`), AT_WORK);
    expect(gone).toEqual(['silent', 'stranger', 'known']);
    // All are at work: only now is the newcomer turned away.
    expect(enter('late').destroyed).toBe(true);
    expect(busy.destroyed).toBe(false);
  });

  it('an address holds so many strangers, but for fresh ones; a proxy holds any', () => {
    const { enter, later, connections } = door({ total: 100 });
    const early = Array.from({ length: 5 }, () => enter('a'));
    expect(early.some(({ destroyed }) => destroyed)).toBe(false);
    connections.setPriority(early[0]!, KNOWN);
    later(100);
    enter('a');
    // Four strangers of five were stale, and with the newcomer three stay.
    expect(early.map(({ destroyed }) => destroyed)).toEqual([false, true, true, false, false]);
    const behind = Array.from({ length: 10 }, () => enter('proxy', false));
    later(1_000);
    enter('proxy', false);
    expect(behind.some(({ destroyed }) => destroyed)).toBe(false);
  });

  it('what has closed holds no room', () => {
    const { enter, connections } = door();
    for (let i = 0; i < 10; i++) enter('a').destroy();
    expect(connections.size).toBe(0);
  });
});

describe('the address that limits count by', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7'],
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:1:2::9', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    [undefined, ''],
  ])('of %s is %s', (address, counted) => {
    expect(countedAddress(address)).toBe(counted);
  });
});
