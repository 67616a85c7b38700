/** Who makes a call: the door that it comes through and, of a phone, the token that it showed there. */
export type Caller =
  | { readonly door: 'window' }
  | { readonly door: 'terminal' }
  /** A participant's phone in the room. */
  | { readonly door: 'participant'; readonly token: string }
  /** What the engine does without being asked. */
  | { readonly door: 'engine' };

/** A way in; each has its contract. */
export type Door = Caller['door'];
