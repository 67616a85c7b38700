// What the door in the room takes in at most, of whom, and how long it waits, in milliseconds. How long bodies and lines may be stands with the messages (`lan-messages.ts`).

/** The limits of connections: anybody in the room may connect, and who has not shown a pinned certificate gives way to the next one. */
export const CONNECTIONS = { total: 128, strangersPerAddress: 8, fresh: 250 };
/** The most connections of one paired laptop, which needs one. */
export const OF_A_PEER = 4;
/** The milliseconds after which a connection that has sent nothing is closed. */
export const FIRST_BYTES = 5_000;
export const HANDSHAKE_TIME = 5_000;
export const HEADERS_TIME = 10_000;
export const REQUEST_TIME = 120_000;
export const IDLE_TIME = 30_000;
