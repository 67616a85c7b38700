/** Bytes a second that the link has lately carried, each way; null until something was measured. */
export interface Rate {
  sent(bytes: number, milliseconds: number): void;
  received(bytes: number, milliseconds: number): void;
  up(): number | null;
  down(): number | null;
}

/** Too little to tell a rate from a round trip. */
const MEASURABLE = 4_096;

/** A meter that leans on the latest measurement: links in the field change within minutes. */
export function rateMeter(): Rate {
  let up: number | null = null;
  let down: number | null = null;
  const blended = (before: number | null, bytes: number, milliseconds: number): number | null => {
    if (bytes < MEASURABLE) return before;
    const measured = (bytes * 1000) / Math.max(1, milliseconds);
    return before === null ? measured : 0.4 * before + 0.6 * measured;
  };
  return {
    sent: (bytes, milliseconds) => void (up = blended(up, bytes, milliseconds)),
    received: (bytes, milliseconds) => void (down = blended(down, bytes, milliseconds)),
    up: () => up,
    down: () => down,
  };
}
