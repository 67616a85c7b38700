import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('identity');

const workshopId = inFile('shared/model/workshop-id.ts', 'tests/sync/acceptance/workshop-id.test.ts');

const SESSIONS = ['tests/sync/server/sessions.test.ts', 'tests/sync/server/laptop-sessions.test.ts'];
const ACTS = 'tests/sync/pushes/acts.test.ts';
const sessions = inFile('server/access/sessions.ts', ...SESSIONS);
const door = inFile('server/http.ts', ...SESSIONS);
const enrolling = inFile('server/access/enrolment.ts', ...SESSIONS);
const inviting = inFile('server/access/enrolment.ts', ACTS);
const readmitting = inFile('server/access/credential-recovery.ts', ...SESSIONS);
const register = inFile('server/registry.ts', ...SESSIONS);
const signing = inFile('shared/node/http/signed-request.ts', ...SESSIONS);
const naming = inFile('shared/features/sync/person-name.ts', 'tests/sync/person-name.test.ts');
const address = inFile('shared/features/sync/repository-address.ts', 'tests/sync/server/repository-address.test.ts');
const enrolment = inFile('electron/engine/sync/repository/enrol.ts', 'tests/sync/server/repository-address.test.ts');
const running = inFile('electron/engine/sync/repository/driver.ts', 'tests/sync/server/repository-address.test.ts');
const offices = inFile('electron/engine/attribution.ts', 'tests/features/people/offices.test.ts');
const token = inFile('electron/engine/sync/repository/repository-token.ts', ...SESSIONS);

/** Faults planted in what says who somebody is, and what is theirs. */
export const IDENTITY_MUTANTS: readonly Mutant[] = [
  workshopId('a workshop is opened by anybody', 'NONCE_BYTES), hasher) === id', 'NONCE_BYTES), hasher).length === id.length'),
  workshopId('the id of a workshop is not bound to its replica', ', ...fromHex(replica), ...nonce]', ', ...nonce]'),
  sessions(
    'a session is opened without the key',
    'if (!verifier.verify(fromHex(publicKey), proof, fromHex(request.proof))) return',
    'if (proof.length === 0) return',
  ),
  sessions('a request is good for as long as the session', '!isCurrent || Math.abs(presented.at - now) > SIGNED_WITHIN', '!isCurrent'),
  sessions('a session has no end', 'presented.until > now && presented.until <=', 'presented.until <='),
  sessions(
    'a device that was turned out opens a session',
    'if (device.revokedAt !== null) return refuse',
    'if (device.enrolledAt < 0) return refuse',
  ),
  sessions('tokens go on beside a session', 'await registry.dropTokens(device.user);', ''),
  sessions('what is signed without its body is not verified', 'if (!isWorthReading)', 'if (now < 0)'),
  door('the body is another than the one that was signed', 'if (asks && !asks.proves(', 'if (asks && false && !asks.proves('),
  enrolling(
    'a device that was turned out is let in by its old request',
    'if (!device || device.revokedAt !== null) return refuse',
    'if (!device) return refuse',
  ),
  enrolling(
    'an older program gets a second token',
    "keyed ? toldAgain(replica, ports) : refuse('sync.codeWrong')",
    'toldAgain(replica, ports)',
  ),
  enrolling('a new program gets a token', 'token: keyed ? null : newToken(random)', 'token: newToken(random)'),
  enrolling('a replica is certified that another device is', 'known && known.user !== user', 'known && user === known.replica'),
  inviting(
    'the device’s own name goes before the administrator’s',
    'invitation.person ?? nameCertified(request.name, replica)',
    'nameCertified(request.name, replica)',
  ),
  inviting('the one in the place of another is somebody else', 'invitation.user ?? (isTaken', 'null ?? (isTaken'),
  readmitting('a challenge is answered twice', 'if (token !== null && (await', 'if (token === request.proof && (await'),
  register('a token lasts for ever', ' and abs(? - since) < ?', ' and ? + ? > 0'),
  signing('any body will do', "['whole', method, path, digest]", "['whole', method, path]"),
  signing('any route will do', "['whole', method, path, digest]", "['whole', method, digest]"),
  naming('an office is a name', 'return isRole || words.some((word) => OFFICES.has(word));', 'return isRole;'),
  naming('hidden signs are part of a name', '\\p{Default_Ignorable_Code_Point}\\u2800<>]/u.test', '\\u2800<>]/u.test'),
  naming('two alphabets make a word', '.length <= 1)', '.length <= 4)'),
  token('the token stays in the database', 'keepAccount(ports.settings, rest);', 'keepAccount(ports.settings, account);'),
  address(
    'what goes over the internet in plain is allowed',
    "if (protection === 'public') return",
    "if (protection === 'public' && !allowPlain) return",
  ),
  address(
    'a local network is not asked about',
    "protection === 'private' && !allowPlain ?",
    "protection === 'private' && allowPlain && !allowPlain ?",
  ),
  address('octal numbers are taken for private ones', "|| (number.length > 1 && number.startsWith('0'))", ''),
  address('whatever begins like a local name is one', '/[^.]\\.local$/.test(host)', '/\\.local/.test(host)'),
  enrolment('enrolling asks nothing of the address', 'if (!allowed.ok) return allowed;', ''),
  running('a laptop that was enrolled in plain goes on over the internet', "=== 'public') return refuse", "=== 'nowhere') return refuse"),
  offices('a name stands without its role', "role: actor?.role ?? ''", "role: ''"),
];
