import type { ReplicaId } from '../../../../shared/sync/types.ts';
import type { Visits } from './answering.ts';
import { recordLanRun, type Run } from '../history/run-history.ts';
import { keepLast } from './peers.ts';
import type { LanPorts } from './ports.ts';
import type { Clock } from '../../../../shared/kernel/ports.ts';

/** The counts of what a visit sent and received at one request. */
export interface VisitMoved {
  readonly sent: number;
  readonly received: number;
  /** The visit begins with this. */
  readonly began: boolean;
}

/** Visits of other laptops: each becomes one line of the history, however often it asks. */
export interface VisitLog extends Visits {
  onVisit(listener: (moved: VisitMoved) => void): () => void;
}

/** A visit that asked for nothing this long is over. */
const VISIT = 60_000;

/** Returns the log of visits: it records what they moved, and tells its listeners. */
export function visitLog({ settings, clock }: LanPorts): VisitLog {
  const visiting = new Map<ReplicaId, { sent: number; received: number; seen: number; line: number }>();
  const visitors = new Set<(moved: VisitMoved) => void>();
  return {
    moved(peer, { sent, received }) {
      const now = clock.now();
      const before = visiting.get(peer.replica);
      const goesOn = before !== undefined && Math.abs(now - before.seen) < VISIT;
      const sum = { sent: (goesOn ? before.sent : 0) + sent, received: (goesOn ? before.received : 0) + received, seen: now };
      const line = recordLanRun(
        settings,
        runLine(clock, peer.replica, '', { ...sum, filesSent: 0, filesReceived: 0, up: 0, down: 0 }, 0),
        goesOn ? before.line : null,
      );
      visiting.set(peer.replica, { ...sum, line });
      keepLast(settings, clock, peer.replica, { ok: true, code: '', sent: sum.sent, received: sum.received });
      for (const visitor of visitors) visitor({ sent, received, began: !goesOn });
    },
    onVisit(listener) {
      visitors.add(listener);
      return () => visitors.delete(listener);
    },
  };
}

/** A line of the history: what was exchanged with a laptop in the room. */
export function runLine(
  clock: Clock,
  peer: ReplicaId,
  code: string,
  moved: { sent: number; received: number; filesSent: number; filesReceived: number; up: number; down: number },
  milliseconds: number,
): Run {
  return {
    at: new Date(clock.now()).toISOString(),
    ok: code === '',
    code,
    peer,
    pushed: moved.sent,
    pulled: moved.received,
    refused: 0,
    filesUp: moved.filesSent,
    filesDown: moved.filesReceived,
    bytesUp: moved.up,
    bytesDown: moved.down,
    requests: 0,
    milliseconds: Math.round(milliseconds),
  };
}
