// What the server takes in at most, of whom, and how long it waits. Bytes and milliseconds.

/** The longest body of questions in JSON, in bytes; packs and parts of files have `MAX_BODY` of the contract. */
export const JSON_BODY = 512 << 10;
/** The longest push, in bytes, that one of the short form may be restored to. */
export const LONGEST_PUSH = 4 << 20;
/**
 * The longest body, and the longest time for it, of a request that needs no credential: it is a few kB, and here in as many milliseconds even over a poor link.
 */
export const STRANGERS_BODY = 16 << 10;
export const STRANGERS_TIME = 10_000;

/** The bytes of bodies that may be on their way at once: of all devices, of all strangers, of one device, of one stranger's address. */
export const BODIES = 96 << 20;
export const STRANGERS_BODIES = 8 << 20;
export const BODIES_OF_ONE = 8 << 20;
export const BODIES_OF_AN_ADDRESS = 512 << 10;

/** The most connections, in all and of one address that shows no credential, and the milliseconds before a new one gives way to another. */
export const CONNECTIONS = { total: 1_000, strangersPerAddress: 64, fresh: 250 };
/** The milliseconds that a request, its headers and an idle connection may take, and the longest headers in bytes. */
export const REQUEST_TIME = 180_000;
export const HEADERS_TIME = 15_000;
export const HEADERS_SIZE = 16_384;
export const IDLE_TIME = 60_000;

/** The bytes and milliseconds up to which a body that is refused for its length is read and thrown away, so that whoever sends it learns why. */
export const DRAINED = 128 << 20;
export const DRAINED_FOR = 10_000;
