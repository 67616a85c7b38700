import type { ActivityMode, Mode } from '../../model/vocabularies.ts';

/** The mode of a session that says none: its workshop's, and a room where the workshop says none either. */
export function sessionMode(mode: ActivityMode): Mode {
  return mode === 'unspecified' ? 'inPerson' : mode;
}
