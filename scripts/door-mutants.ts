import { faultsOf, type Mutant } from './mutants.ts';

const CROWD = 'tests/features/sync-lan-crowd.test.ts';

const inFile = faultsOf('doors');
const room = inFile('electron/engine/sync/lan/door.ts', CROWD);
const giving = inFile('shared/node/http/connections.ts', 'tests/sync/connections.test.ts');

const server = inFile('server/doorkeeper.ts', 'tests/sync/server-crowd.test.ts');
const guessing = inFile('server/wrong-codes.ts', 'tests/sync/exchange-server.test.ts');

/** What the open doors promise to whoever stands behind a crowd of strangers, broken on purpose. */
export const DOOR_MUTANTS: readonly Mutant[] = [
  room(
    'whoever came first in the room stays',
    '  const server = createServer((socket) => {\n',
    '  const server = createServer((socket) => {\n    if (open.size >= 32) return void socket.destroy();\n',
  ),
  room('two people who compare a code give way', 'if (!socket.destroyed) connections.stands(socket, AT_WORK);', ''),
  giving(
    'the newcomer is turned away',
    '#giveUp(this.#leastWorthy(socket) ?? this.#held.get(socket)!)',
    '#giveUp(this.#held.get(socket)!)',
  ),
  giving('nobody gives way', 'if (this.#held.size > total)', 'if (this.#held.size > total + 1_000)'),
  server('a stranger has as much room as a device', 'const BODIES_OF_AN_ADDRESS = 512 << 10;', 'const BODIES_OF_AN_ADDRESS = 64 << 20;'),
  server('a device has all the room', 'const BODIES_OF_ONE = 8 << 20;', 'const BODIES_OF_ONE = 80 << 20;'),
  server('anybody forwards an address', 'return kind !== 0 && list.check(', 'return kind !== -1 || list.check('),
  server('whoever is silent stays', 'connections.enter(socket,', 'if (connections.size < 900) connections.enter(socket,'),
  guessing(
    'one guesser shuts enrolment',
    '  const done = await run(',
    "  if (closed) return refuse('sync.enrolLater');\n  const done = await run(",
  ),
  guessing('a guesser is told what codes are', '!done.ok && closed && TELLING', '!done.ok && slow && TELLING'),
];
