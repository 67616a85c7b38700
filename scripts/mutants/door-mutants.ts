import { faultsOf, type Mutant } from './mutants.ts';

const CROWD = 'tests/features/rooms/sync-lan-crowd.test.ts';

const inFile = faultsOf('doors');
const room = inFile('electron/engine/sync/lan/door.ts', CROWD);
const giving = inFile('shared/node/http/connections.ts', 'tests/sync/server/connections.test.ts');

const server = inFile('server/access/doorkeeper.ts', 'tests/sync/server/server-crowd.test.ts');
const bodies = inFile('server/bodies.ts', 'tests/sync/pushes/bodies.test.ts');
const guessing = inFile('server/access/wrong-codes.ts', 'tests/sync/pushes/exchange-server.test.ts');

const RIGHTS = 'tests/features/sync/file-rights.test.ts';
const possessing = inFile('server/files/file-rights.ts', RIGHTS);
const serving = inFile('server/files/files.ts', RIGHTS);
const carrying = inFile('electron/engine/sync/repository/files.ts', 'tests/features/sync/sync-files.test.ts', RIGHTS);

const QUOTA = 'tests/features/sync/quotas.test.ts';
const counting = inFile('server/quotas.ts', QUOTA);
const running = inFile('electron/engine/sync/repository/run.ts', QUOTA);

/** The promises of the open doors to whoever stands behind a crowd of strangers, broken on purpose. */
export const DOOR_MUTANTS: readonly Mutant[] = [
  room(
    'whoever came first in the room stays',
    '  const server = createServer((socket) => {\n',
    '  const server = createServer((socket) => {\n    if (open.size >= 32) return void socket.destroy();\n',
  ),
  room('two people who compare a code give way', 'if (!socket.destroyed) connections.setPriority(socket, AT_WORK);', ''),
  giving(
    'the newcomer is turned away',
    '#giveUp(this.#leastWorthy(socket) ?? this.#held.get(socket)!)',
    '#giveUp(this.#held.get(socket)!)',
  ),
  giving('nobody gives way', 'if (this.#held.size > total)', 'if (this.#held.size > total + 1_000)'),
  bodies(
    'a stranger has as much room as a device',
    'room.of(address) + bytes > BODIES_OF_AN_ADDRESS',
    'room.of(address) + bytes > BODIES_OF_ONE',
  ),
  bodies('strangers have any room together', 'if (room.all + bytes > STRANGERS_BODIES) room.giveUp(body);', ''),
  bodies('what a stranger sends last gives way', 'return [...this.#bodies].filter(', 'return [...this.#bodies].reverse().filter('),
  bodies('strangers of other addresses give way', 'owner === null || body.owner === owner', 'owner === null || body.owner !== ""'),
  bodies('a device has all the room', 'room.of(user) + bytes > BODIES_OF_ONE || ', ''),
  bodies('devices have any room together', '|| room.all + bytes > BODIES)', ')'),
  bodies('what has come holds its room', 'if (this.#bodies.delete(body)) this.#count(body, -1);', 'this.#bodies.delete(body);'),
  bodies('room is given back twice', 'if (this.#bodies.delete(body)) this.#count', 'this.#count'),
  server('nobody counts what strangers send', 'lengthOf(request), cut);', '0, cut);'),
  server('anybody forwards an address', 'return kind !== 0 && list.check(', 'return kind !== -1 || list.check('),
  server(
    'whoever is silent stays',
    'connections.enter(socket, countedAddress(address), !isProxy(address));',
    'void countedAddress(address);',
  ),
  guessing(
    'one guesser shuts enrolment',
    '  const done = await run(',
    "  if (closed) return refuse('sync.enrolLater');\n  const done = await run(",
  ),
  guessing('a guesser is told what codes are', '!done.ok && isOver && TELLING', '!done.ok && slow && TELLING'),
  possessing('a record that names a file opens it', 'const open = new Set(', 'const open = new Set(named); void new Set('),
  possessing('whoever has a file opens it by everybody’s records', 'if (places.size !== 1) return;', ''),
  possessing(
    'what an earlier program gave is taken away',
    'for (const { sha256, space } of await store.everyFileNamed())',
    'for (const { sha256, space } of (await store.everyFileNamed()).slice(0, 0))',
  ),
  possessing(
    'a nonce is anybody’s',
    "JSON.stringify(['itinera file 1', sha256, user, until])",
    "JSON.stringify(['itinera file 1', sha256, until])",
  ),
  serving('other bytes show that somebody has a file', 'if (wrong || size !== whole)', 'if (size !== whole)'),
  serving('what came wrong is forgotten at the next part', 'ended ? 0 : held, !ended && wrong', 'ended ? 0 : held, false'),
  serving('senders spoil each other’s parts', 'return `${sha256}-${createHash(', 'return user === "" ? "" : `${sha256}`; `${createHash('),
  serving('a stranger says the size', 'const all = own.length > 0 ? own : sizes(visible);', 'const all = sizes(visible);'),
  serving('any proof is believed', '!timingSafeEqual(Buffer.from(mac), Buffer.from(expected))', 'mac === ""'),
  carrying('one bad file stops the others', "OF_ONE_FILE.has(code) ? 'file' : 'all'", "code === '' ? 'file' : 'all'"),
  carrying(
    'a bad copy is sent again each time',
    'if (flags.leftOf(sha256) !== null && !(await files.verify(sha256)))',
    'if (flags.leftOf(sha256)?.code === "")',
  ),
  counting('what a device sends in a day has no end', 'if (amount > most) return false;', 'return true;'),
  counting('what is sent again is paid for again', 'changeSets.filter(({ hash }) => !here.has(hash))', '[...changeSets]'),
  inFile('server/access/wrong-codes.ts', 'tests/sync/server/wrong-codes.test.ts')(
    'guesses at once are told more than guesses one by one',
    'isOver ||= tries > WRONG_PER_ADDRESS;',
    '',
  ),
  counting('refused work costs nothing', 'refused: judged });', 'refused: 0 });'),
  counting('a quota lasts for ever', 'const day = dayAt(this.#clock.now());', "const day = '2000-01-01';"),
  running('a laptop over its quota hears nothing of others', 'if (!pushed.ok && !full) return pushed;', 'if (!pushed.ok) return pushed;'),
];
