import { describe, expect, it } from 'vitest';
import { Bodies } from '../../../server/bodies.ts';

const KB = 1 << 10;
const MB = 1 << 20;

function strangersAt(bodies: Bodies) {
  const dropped: string[] = [];
  const take = (name: string, address: string, bytes: number): (() => void) =>
    bodies.ofStranger(address, bytes, () => void dropped.push(name));
  return { dropped, take };
}

describe('bodies on their way', () => {
  it('of one address have half a megabyte: what came first gives way, and nobody else’s', () => {
    const { dropped, take } = strangersAt(new Bodies());
    take('other', 'b', 400 * KB);
    take('first', 'a', 200 * KB);
    take('second', 'a', 200 * KB);
    take('third', 'a', 112 * KB);
    expect(dropped).toEqual([]);
    take('fourth', 'a', 100 * KB);
    expect(dropped).toEqual(['first']);
    take('fifth', 'a', 512 * KB);
    expect(dropped).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('of all strangers have eight megabytes: the first of all gives way', () => {
    const { dropped, take } = strangersAt(new Bodies());
    for (let i = 0; i < 16; i++) take(`${i}`, `address ${i}`, 512 * KB);
    expect(dropped).toEqual([]);
    take('last', 'one more', 600 * KB);
    expect(dropped).toEqual(['0', '1']);
  });

  it('give their room back once, when they have come', () => {
    const { dropped, take } = strangersAt(new Bodies());
    for (let i = 0; i < 3; i++) {
      const release = take('early', 'a', 300 * KB);
      release();
      release();
    }
    take('one', 'a', 300 * KB);
    take('two', 'a', 212 * KB);
    expect(dropped).toEqual([]);
    take('three', 'a', 1);
    expect(dropped).toEqual(['one']);
  });

  it('of one device have eight megabytes, of all devices ninety-six, and what there is no room for is told so', () => {
    const bodies = new Bodies();
    const release = bodies.ofDevice('awa', 8 * MB);
    expect(release).not.toBeNull();
    expect(bodies.ofDevice('awa', 1)).toBeNull();
    release!();
    expect(bodies.ofDevice('awa', 5 * MB)).not.toBeNull();
    expect(bodies.ofDevice('awa', 3 * MB)).not.toBeNull();
    expect(bodies.ofDevice('awa', 1)).toBeNull();
    for (let i = 0; i < 11; i++) expect(bodies.ofDevice(`device ${i}`, 8 * MB)).not.toBeNull();
    expect(bodies.ofDevice('late', 1)).toBeNull();
  });
});
