import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import type { ListedPerson } from '../../../shared/features/attendance/rules.ts';
import type { Questionnaire } from '../../../shared/features/evaluation/answers.ts';
import type { Table } from '../../support/lists/tables.ts';

/** The invented workshop that every figure is checked against. */
export const WORKSHOP_A = path.resolve(import.meta.dirname, '../../fixtures/workshop-a');

interface ItemExpected {
  readonly n: number;
  readonly mean: number;
  readonly dist: Readonly<Record<string, number>>;
  readonly top2pct: number;
}

export interface ExpectedA {
  readonly A: {
    readonly registered: number;
    readonly countries: number;
    readonly byCountry: Readonly<Record<string, number>>;
    readonly bySex: Readonly<Record<'F' | 'M', number>>;
    readonly byRole: Readonly<Record<string, number>>;
    readonly byRoleSex: Readonly<Record<string, number>>;
    readonly halfDayUnits: number;
    readonly cells: number;
    readonly codes: Readonly<Record<'P' | 'L' | 'A' | 'E', number>>;
    readonly presentOrLate: number;
    readonly ratePercent: number;
    readonly presentPerHalfDay: Readonly<Record<string, number>>;
    readonly fullAttendance: number;
    readonly below75: readonly string[];
    readonly exactly75: readonly string[];
    readonly certificatesAt75: number;
    readonly certificatesAt80: number;
  };
  readonly A_prepost: {
    readonly key: string;
    readonly nPre: number;
    readonly nPost: number;
    readonly nMatched: number;
    readonly meanPre: number;
    readonly meanPost: number;
    readonly meanPreMatched: number;
    readonly meanPostMatched: number;
    readonly meanGainMatched: number;
    readonly improved: number;
    readonly same: number;
    readonly worse: number;
    readonly postAtLeast70pct: number;
    readonly itemCorrectPre: Readonly<Record<string, number>>;
    readonly itemCorrectPost: Readonly<Record<string, number>>;
  };
  readonly A_satisfaction: {
    readonly returned: number;
    readonly responseRatePercent: number;
    readonly items: Readonly<Record<string, ItemExpected>>;
    readonly overallMean: number;
    readonly blanks: number;
  };
}

export function expectedA(): ExpectedA {
  return JSON.parse(readFileSync(path.join(WORKSHOP_A, 'expected.json'), 'utf8')) as ExpectedA;
}

/** A file of the workshop as the table reader gives it. */
export function tableOf(file: string): Table {
  const { data } = Papa.parse<string[]>(readFileSync(path.join(WORKSHOP_A, file), 'utf8').trimEnd());
  return { header: data[0]!, headerRow: 1, rows: data.slice(1).map((cells, i) => ({ row: i + 2, cells })) };
}

/** The 25 people, with ids that say nothing of their refs. */
export function listedPeople(): ListedPerson[] {
  return tableOf('participants.csv').rows.map(({ row, cells }) => ({
    id: `00000000-0000-4000-8000-${String(row).padStart(12, '0')}`,
    ref: cells[0]!,
  }));
}

/** The pre- and post-test, with the key of the bundled questionnaire. */
export function preAndPost(): Questionnaire {
  const letters = expectedA().A_prepost.key.split('');
  return {
    kind: 'prepost',
    anonymous: false,
    items: letters.map((_, i) => ({ id: `Q${i + 1}`, type: 'choice', text: {}, options: { a: {}, b: {}, c: {}, d: {} } })),
    key: Object.fromEntries(letters.map((letter, i) => [`Q${i + 1}`, letter])),
  };
}

/** The satisfaction sheet: ten scale items and three open ones. */
export function satisfactionSheet(): Questionnaire & { readonly kind: 'satisfaction' } {
  return {
    kind: 'satisfaction',
    anonymous: true,
    items: [
      ...Array.from({ length: 10 }, (_, i) => ({ id: `S${i + 1}`, type: 'scale' as const, text: {}, options: {} })),
      ...Array.from({ length: 3 }, (_, i) => ({ id: `O${i + 1}`, type: 'open' as const, text: {}, options: {} })),
    ],
    key: {},
  };
}
