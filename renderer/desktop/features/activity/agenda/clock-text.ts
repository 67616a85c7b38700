/** Whether a text is a time, `HH:MM`. */
export function isClock(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** Reads a time as people type it: 9, 930, 9:30, 9h30, 9.30. What is none stays as it is. */
export function readClock(text: string): string {
  const parts = /^\s*(\d{1,2})(?:\s*[:hH.]\s*|(?=\d{2}\s*$))?(\d{2})?\s*$/.exec(text);
  if (!parts) return text;
  const clock = `${parts[1]!.padStart(2, '0')}:${parts[2] ?? '00'}`;
  return isClock(clock) ? clock : text;
}
