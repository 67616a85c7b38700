import { useEffect, useState } from 'react';
import { dayInRoom, type Day } from '../../../shared/kernel/dates.ts';

/** The day on this laptop's clock, in its own time zone. */
export function today(now = new Date()): Day {
  return dayInRoom(now.getTime());
}

/** The time on this laptop's clock, `HH:MM`. */
export function timeNow(now = new Date()): string {
  return `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`;
}

/** Now, renewed every half minute, so that *Today* moves on by itself. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
