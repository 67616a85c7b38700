/** An administrative act: who did what, when. Never a secret, and no name: `devices` says who a device is. */
export interface Act {
  readonly at: number;
  /** `operator` (a command on the server), `device:<replica>`, or `code:<name>` for a device that came by a code. */
  readonly who: string;
  readonly what: ActKind;
  readonly details: Readonly<Record<string, string | number>>;
}

export type ActKind = 'invite' | 'enrol' | 'renew' | 'readmit' | 'revoke' | 'erase' | 'move' | 'quota';

/** The fields of an act that its caller records; the time is that of the act itself. */
export type ActNote = Omit<Act, 'at'>;

/** The name recorded for who acts by a command on the server: whoever may log in there. */
export const OPERATOR = 'operator';

/** The SQL of the table of acts in a folder's register. */
export const ACTS_IN_A_FOLDER = `
  create table if not exists act(number integer primary key, at integer not null, who text not null, what text not null, details text not null) strict;
  create trigger if not exists act_stays before update on act begin select raise(abort, 'acts are only added'); end;
  create trigger if not exists act_is_kept before delete on act begin select raise(abort, 'acts are only added'); end;`;
