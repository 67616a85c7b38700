import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('costs');

const PACK = 'tests/sync/pack/pack.test.ts';
const FRAME = 'tests/sync/pack/frame.test.ts';
const DECODING = 'tests/sync/pushes/push-decoding.test.ts';

const whole = inFile('shared/sync/pack/pack-reader.ts', PACK);
const frames = inFile('shared/sync/pack/pack-frames.ts', PACK);
const columns = inFile('shared/sync/pack/frame-columns.ts', FRAME);
const places = inFile('shared/sync/pack/frame-reader.ts', FRAME);
const decoder = inFile('server/push/push-decoder.ts', DECODING);
const decoding = inFile('server/push/decoding.ts', DECODING);
const parts = inFile('server/push/decoded-part.ts', DECODING);
const telling = inFile('server/push/decoding-thread.ts', DECODING);
const zip = inFile('shared/node/tables/zip-entries.ts', 'tests/features/intake/tables-hostile.test.ts');
const markup = inFile('shared/node/tables/markup.ts', 'tests/features/intake/tables-hostile.test.ts');
const MARKED = 'tests/features/attendance/marked-tables.test.ts';
const nested = inFile('shared/node/tables/markup.ts', MARKED);
const pages = inFile('shared/node/tables/read-html.ts', MARKED);
const documents = inFile('shared/node/tables/read-ods.ts', MARKED);
const sheets = inFile('shared/node/tables/sheet-builder.ts', 'tests/features/intake/workbooks.test.ts');
const tables = inFile('shared/node/tables/read-source.ts', 'tests/features/intake/tables-hostile.test.ts');
const HEADS = 'tests/features/sync/many-heads.test.ts';
const lists = inFile('electron/engine/seen-lists.ts', HEADS);
const asking = inFile('electron/engine/sync/review/conflicts.ts', HEADS);
const sealing = inFile('shared/node/store/change-set-builder.ts', HEADS);
const base = inFile('shared/features/sync/common-base.ts', HEADS);
const days = inFile('shared/kernel/dates.ts', 'tests/features/activity/longest-days.test.ts');
const thread = inFile('shared/node/threads/limited-thread.ts', DECODING);

/** Every bound on what may be made to cost, taken away on purpose. */
export const COST_MUTANTS: readonly Mutant[] = [
  whole('a pack is unpacked whoever signed it', "if (!isSender(sealed.value)) return refuse('sync.senderWrong');", ''),
  frames('what frames unpack to is not added up', 'left.unpackedBytes -= plain.length;', ''),
  frames('what frames are made of is not added up', 'left.items -= before - parts.items;', ''),
  frames('change-sets of frames are not added up', 'left.changeSets -= columns.each.run.length;', ''),
  columns('a write may supersede any number of values', 'write.supersedes > CAPS.supersedes || ', ''),
  columns('an id may be derived from any number of fields', 'from.length <= DERIVED_FROM ? from : this.#fail([])', 'from'),
  places('references that are not there are looked for without end', 'if (!place) return null;', 'if (!place) continue;'),
  places('a pack may point at any number of places', "if (places.size > most) return 'many';", ''),
  decoder('every certificate of a header is verified', '|| !replicas.has(decoded.value.replica)) continue;', ') continue;'),
  decoder(
    "a stranger's certificate is passed on",
    'if (verifyCertificate(decoded.value, repositoryKey, verifier, hasher)) newest',
    'newest',
  ),
  decoding(
    'one device may have any number of pushes waiting',
    "if (mine >= MOST_OF_ONE) return Promise.resolve(refuse('sync.repositoryBusy'));",
    '',
  ),
  decoding(
    'devices do not take turns',
    'waiting.delete(device);\n    if (rest.length > 0)',
    'if (rest.length === 0) waiting.delete(device);\n    else',
  ),
  parts('a part follows nothing', 'const link = before?.hash === prev ? 0 : prev;', 'const link = before ? 0 : prev;'),
  parts('change-sets of a part have all one head', '!isSameHead(before.header, header)', 'false'),
  parts('writes of a part are all of one register', 'last[2] === form) return', 'last[2] === last[2]) return'),
  parts('a part has one salt', 'before.content.salt === content.salt;', "content.salt !== '';"),
  telling('a push comes over when all of it is read', 'if (this.#bytes >= PART_BYTES) this.send();', ''),
  telling('the last part stays behind', '  parts.send();\n', ''),
  thread(
    'an answer may take any time',
    "setTimeout(() => fail(new ThreadLimit('time')), this.#loaded ? this.#limits.time : LOADING)",
    'setTimeout(() => undefined, 0)',
  ),
  thread('a thread that ran out of time goes on', 'if (this.#worker === worker) this.#worker = null;\n    worker.terminate();', ''),
  zip('parts that are not wanted do not count', 'listed.reduce((sum, { unpacked }) => sum + unpacked, 0) > caps.bytes', 'caps.bytes < 0'),
  zip('a part unpacks to more than it says', 'return bytes.length === unpacked ? bytes : null;', 'return bytes;'),
  zip('a part may be named twice', 'if (names.has(name.toLowerCase())) return null;', ''),
  markup('a tag may be of any length', "if (kind === 'xml' && hasLongTag(markup)) return false;", ''),
  nested('elements may be nested without end', 'if (++depth > DEEPEST) tooDeep = true;', 'depth++;'),
  pages('a page may have any number of tables', 'if (page.tables.length > MOST.tables) return tooLarge();', ''),
  documents('a sheet may be as long as it says', 'this.#row > LAST_ROW', 'this.#row < 0'),
  sheets('merged cells may cover others without end', 'if ((covered += last - columns.from + 1) > MOST_COVERED) return null;', ''),
  sheets('formatting counts as content', "if (text === '' || this.#tooLarge) return;", 'if (this.#tooLarge) return;'),
  tables('a costly list is a fault and no refusal', "if (error instanceof ThreadLimit) return refuse('table.tooCostly');", ''),
  lists('a name stands for what is there now', 'return ids ?? [];', 'return [];'),
  lists('a name that is not known stands for nothing', 'return unknown ? refuse', 'return unknown === null ? refuse'),
  asking('one author takes the room of the others', 'before < LISTED.author && ', ''),
  asking('a page begins again with the last of the one before', 'if (skipTo !== null && field <= skipTo) continue;', ''),
  sealing('what is named beyond one op is left out', 'writes: [{ ...write, supersedes }]', 'writes: [{ ...write, supersedes: [] }]'),
  base('texts are compared with what stood before thousands', 'if (heads.length > MOST_COMPARED) return null;', ''),
  days('a workshop lasts as long as its record says', 'isSpan(start, end) ? Array', 'true ? Array'),
];
