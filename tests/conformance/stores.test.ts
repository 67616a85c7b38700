import { openMemoryStore } from './memory-store.ts';
import { openSqliteSubject } from './sqlite-subject.ts';
import { conformance } from './suite.ts';

conformance('in memory', openMemoryStore);
conformance('on SQLite', (options) => openSqliteSubject(options));
