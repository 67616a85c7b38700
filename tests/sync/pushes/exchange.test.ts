import { describe, expect, it } from 'vitest';
import { CODE_BYTES, formatCode, parseCode } from '../../../shared/features/sync/enrolment-code.ts';
import { CLOCK_TOLERANCE, clockTrust, compareClocks, nextAutomaticRun } from '../../../shared/features/sync/rules.ts';
import { nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import {
  NEVER_MET,
  afterComparison,
  afterFrame,
  afterHello,
  afterPush,
  frameBytes,
  positionsDigest,
  sendingOrder,
  toFill,
  withHoles,
  withOpened,
} from '../../../shared/sync/exchange.ts';

const hash = (digit: string): string => digit.repeat(64);
const replica = 'a'.repeat(32);

describe('where a laptop stands', () => {
  const met = afterHello(NEVER_MET, { cursor: 'c5', reset: false, behind: false, grants: { tag: 't', spaces: ['plan', 'library'] } });

  it('starts the running cursor at the head and fills what it may read from the start', () => {
    expect(met).toMatchObject({ cursor: 'c5', grants: 't', filled: [] });
    expect(toFill(met)).toEqual([
      { space: 'plan', after: '' },
      { space: 'library', after: '' },
    ]);
    expect(toFill(met, ['library']).map(({ space }) => space)).toEqual(['library', 'plan']);
  });

  it('goes on with a fill from the frame it had reached, and with the cursor after it', () => {
    const half = afterFrame(met, { cursor: null, fills: [{ space: 'plan', after: 'p2', done: false }] });
    expect(toFill(half)[0]).toEqual({ space: 'plan', after: 'p2' });
    const whole = afterFrame(half, { cursor: null, fills: [{ space: 'plan', after: 'p3', done: true }] });
    expect(toFill(whole)).toEqual([{ space: 'library', after: '' }]);
    expect(afterFrame(whole, { cursor: 'c9', fills: [] }).cursor).toBe('c9');
  });

  it('keeps its cursor while something lies between, and moves it without a pull when nothing does', () => {
    expect(afterHello(met, { cursor: 'c8', reset: false, behind: true }).cursor).toBe('c5');
    expect(afterHello(met, { cursor: 'c8', reset: false, behind: false }).cursor).toBe('c8');
  });

  it('fills again what had a hole, forgets what it may no longer read, compares all after a reset', () => {
    const filled = afterComparison(met, ['plan', 'library']);
    expect(toFill(filled)).toEqual([]);
    expect(toFill(withHoles(filled, ['plan']))).toEqual([{ space: 'plan', after: '' }]);
    expect(afterHello(filled, { cursor: 'c6', reset: false, behind: false, grants: { tag: 'u', spaces: ['library'] } }).filled).toEqual([
      'library',
    ]);
    expect(afterHello(filled, { cursor: 'n1', reset: true, behind: false })).toMatchObject({ cursor: 'n1', filled: [], compare: true });
  });

  it('has nothing to fill in a workshop that it opened itself', () => {
    const opened = withOpened(afterComparison(met, ['plan', 'library']), ['workshop/x/plan']);
    expect(toFill(opened)).toEqual([]);
    const known = afterHello(opened, {
      cursor: 'c7',
      reset: false,
      behind: false,
      grants: { tag: 'v', spaces: ['plan', 'library', 'workshop/x/plan'] },
    });
    expect(toFill(known)).toEqual([]);
    expect(withOpened(NEVER_MET, ['workshop/x/plan'])).toBe(NEVER_MET);
  });
});

describe('sending', () => {
  const sent = [1, 2, 3].map((seq) => ({ hash: hash(String(seq)), space: 's', replica, seq }));

  it('takes the last of each chain as held, a missing chain from where the repository has it, a closed space not at all', () => {
    expect(afterPush(sent, { missing: [], refused: [] }, replica).held).toEqual([{ space: 's', replica, seq: 3, hash: hash('3') }]);
    const behind = afterPush(sent, { missing: [{ space: 's', replica, seq: 1, hash: hash('1') }], refused: [] }, replica);
    expect(behind).toMatchObject({ held: [{ seq: 1 }], again: true });
    expect(afterPush(sent, { missing: [{ space: 's', replica, seq: 0, hash: '' }], refused: [] }, replica).held).toEqual([]);
    const closed = afterPush(
      sent,
      { missing: [], refused: sent.map(({ hash: one }) => ({ hash: one, code: 'sync.spaceClosed' })) },
      replica,
    );
    expect(closed).toEqual({ held: [], closed: ['s'], turnedDown: new Set(sent.map(({ hash: one }) => one)), foreign: [], again: false });
    // What was refused for what it says is held: it stays in the chain.
    expect(afterPush(sent, { missing: [], refused: [{ hash: hash('3'), code: 'sync.notEntitled' }] }, replica).held).toMatchObject([
      { seq: 3 },
    ]);
  });

  it("takes a verdict for what it is about: another's work that may not stand closes nothing of ours", () => {
    const theirs = sent.map((one) => ({ ...one, hash: hash(`f${one.seq}`), replica: 'e'.repeat(32) }));
    const refused = theirs.slice(1).map(({ hash: one }) => ({ hash: one, code: 'sync.spaceClosed' }));
    const settled = afterPush([...theirs, ...sent], { missing: [], refused }, replica);
    expect(settled).toMatchObject({ closed: [], again: false, foreign: [{ seq: 2, code: 'sync.spaceClosed' }, { seq: 3 }] });
    expect(settled.held).toEqual([
      expect.objectContaining({ replica: theirs[0]!.replica, seq: 1 }),
      expect.objectContaining({ replica, seq: 3 }),
    ]);
    // What follows in their chain is not asked for again and again.
    const missing = [{ space: 's', replica: theirs[0]!.replica, seq: 1, hash: theirs[0]!.hash }];
    expect(afterPush(theirs, { missing, refused: refused.slice(0, 1) }, replica)).toMatchObject({ again: false, foreign: [{ seq: 2 }] });
  });

  it('sends the workshop under way first, plans before people before answers, the library last', () => {
    const spaces = ['library', 'workshop/a/people', 'workshop/b/answers', 'workshop/b/people', 'workshop/a/plan', 'workshop/b/plan'];
    expect(sendingOrder(spaces, new Set(['workshop/b/plan', 'workshop/b/people', 'workshop/b/answers']))).toEqual([
      'workshop/b/plan',
      'workshop/b/people',
      'workshop/b/answers',
      'workshop/a/plan',
      'workshop/a/people',
      'library',
    ]);
  });

  it('aims a frame at eight seconds of the link, within 4 and 256 KiB', () => {
    expect(frameBytes(6_250, 'up')).toBe(50_000);
    expect(frameBytes(1, 'down')).toBe(4_096);
    expect(frameBytes(1e9, 'up')).toBe(262_144);
  });

  it('names equal positions alike, in any order, and others not', () => {
    const a = { space: 'a', seq: 1, hash: hash('1') };
    const b = { space: 'b', seq: 2, hash: hash('2') };
    expect(positionsDigest([a, b], nodeHasher)).toBe(positionsDigest([b, a], nodeHasher));
    expect(positionsDigest([a], nodeHasher)).not.toBe(positionsDigest([a, b], nodeHasher));
  });
});

describe('codes, clocks and waiting', () => {
  it('a code survives a person: case, hyphens, O for 0; a wrong sign or swapped neighbours do not pass', () => {
    for (let i = 0; i < 200; i++) {
      const code = formatCode(nodeRandom.bytes(CODE_BYTES));
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      const parsed = parseCode(code)!;
      // Eleven secret signs of five bits.
      expect(parsed.secret).toHaveLength(11);
      expect(parseCode(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `)).toEqual(parsed);
      const at = [0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 15, 16, 17, 18][i % 16]!;
      const other = code[at] === 'Z' ? 'Y' : 'Z';
      expect(parseCode(code.slice(0, at) + other + code.slice(at + 1))).toBeNull();
    }
    for (const bad of ['', 'x', 'U'.repeat(16), '0'.repeat(15), '0'.repeat(17)]) expect(parseCode(bad)).toBeNull();
  });

  it('trusts a clock that was lately compared and agreed', () => {
    const now = 1_000_000_000_000;
    const agreed = compareClocks(now - 400, now, now - 200 + 1_000);
    expect(agreed.offset).toBe(1_000);
    expect(clockTrust(agreed, now + 1_000)).toBe(2);
    expect(clockTrust(undefined, now)).toBe(0);
    expect(clockTrust({ at: now, offset: CLOCK_TOLERANCE + 1 }, now)).toBe(0);
    expect(clockTrust({ at: now, offset: -CLOCK_TOLERANCE - 1 }, now)).toBe(0);
    // Set back after it was compared, or compared long ago.
    expect(clockTrust(agreed, now - 1)).toBe(0);
    expect(clockTrust(agreed, now + 31 * 86_400_000)).toBe(0);
  });

  it('waits longer each time nobody answers, and soon where work waits', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((failures) => nextAutomaticRun({ failures, waiting: true, jitter: 0.5 }));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBe(600_000);
    expect(nextAutomaticRun({ failures: 0, waiting: true, jitter: 0.5 })).toBeLessThan(
      nextAutomaticRun({ failures: 0, waiting: false, jitter: 0.5 }),
    );
  });
});
