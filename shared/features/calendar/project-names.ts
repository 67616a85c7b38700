import { fold } from '../../kernel/text.ts';

/** Names that inventories put before an activity. */
export interface KnownNames {
  readonly projects: readonly string[];
  readonly partners: readonly string[];
}

/** Projects and organisations that published inventories name; what a laptop's activities name comes to them. */
export const PUBLISHED_NAMES: KnownNames = {
  projects: [
    ...[
      'GLACY',
      'GLACY+',
      'GLACY-e',
      'iPROCEEDS',
      'iPROCEEDS-2',
      'CyberSouth',
      'CyberSouth+',
      'CyberEast',
      'CyberEast+',
      'CyberSEE',
      'CyberUA',
    ],
    ...['CyberSPEX', 'CyberKOP', 'CyberKOP+', 'Octopus', 'Cybercrime@Octopus', 'Cybercrime@EAP', 'Cybercrime@EAP I', 'Cybercrime@EAP II'],
    ...['Cybercrime@EAP III', 'Cybercrime@EAP 2018', 'Cybercrime@IPA', 'Cybercrime@CoE', 'EAP I', 'EAP II', 'EAP III', 'EAP 2018'],
    ...['EndOCSEA', 'EndOCSEA@Europe', 'EndOCSEA@Europe+'],
  ],
  partners: [
    ...[
      'T-CY',
      'TC-Y',
      'C-PROC',
      'PGA',
      'OCWAR-C',
      'INTERPOL',
      'EUROPOL',
      'EUROJUST',
      'UNODC',
      'UNOCT',
      'UNICRI',
      'UNICEF',
      'UNESCO',
      'OAS',
      'AU',
      'AUC',
    ],
    ...[
      'ECOWAS',
      'CARICOM',
      'CARICOM IMPACS',
      'ASEAN',
      'PILON',
      'PITCN',
      'ECTEG',
      'CEPOL',
      'EL PACCTO',
      'EU CyberNet',
      'CyberNet',
      'OSCE',
      'ENISA',
    ],
    ...[
      'Cyber4Dev',
      'CYBIL',
      'GFCE',
      'Commonwealth',
      'IAP',
      'GPEN',
      'World Bank',
      'OCEAC',
      'FRANCOPOL',
      'COMESA',
      'SADC',
      'AIAMP',
      'IberRed',
      'Eurasia',
    ],
    ...[
      'EU4Digital',
      'CyberSecurity EAST',
      'USDOJ',
      'US DOJ',
      'FBI',
      'UCD',
      'HELP',
      'ENAP',
      'ENM',
      'ITU',
      'APWG',
      'FIRST',
      'DCAF',
      'EJTN',
      'SIRIUS',
    ],
  ],
};

/** The names that stand before an activity: projects, organisations beside them, and names that are neither. */
export interface ReadNames {
  readonly projects: readonly string[];
  readonly partners: readonly string[];
  readonly unknown: readonly string[];
}

interface Known {
  readonly name: string;
  readonly kind: 'projects' | 'partners';
}

export type NameIndex = ReadonlyMap<string, Known>;

/** The names by their folded form without blanks, so that `Glacy +` is found. */
export function nameIndex(...known: readonly KnownNames[]): NameIndex {
  const index = new Map<string, Known>();
  for (const kind of ['projects', 'partners'] as const)
    for (const names of known)
      for (const name of names[kind]) if (keyOf(name) !== '' && !index.has(keyOf(name))) index.set(keyOf(name), { name, kind });
  return index;
}

const MOST_WORDS = 4;
const PIECES = /[,;/&|\n]+|\s+(?:and|et|y|e|\+)\s+/iu;
const BESIDE = /\s+(?:projects?|projets?|proyectos?|projetos?|joint|conjoint)$/iu;

/**
 * Reads a column of names: `GLACY+, CyberSouth CyberEast, T-CY`. A name that nobody knows is an organisation where a project stands beside it, unless it is nearly a project's name.
 */
export function readNames(column: string, index: NameIndex): ReadNames {
  const found = { projects: [] as string[], partners: [] as string[], unknown: [] as string[] };
  const add = (kind: keyof ReadNames, name: string): void => {
    if (!found[kind].includes(name)) found[kind].push(name);
  };
  for (const piece of column.split(PIECES)) {
    const said = piece
      .replace(/[:\s*_]+$/u, '')
      .replace(BESIDE, '')
      .trim();
    if (said === '') continue;
    const known = segmented(said, index);
    if (known === null) add('unknown', said);
    else for (const { kind, name } of known) add(kind, name);
  }
  if (found.projects.length === 0) return found;
  const nearly = found.unknown.filter((name) => isNearlyProject(name, index));
  return {
    ...found,
    partners: [...found.partners, ...found.unknown.filter((name) => !nearly.includes(name))],
    unknown: nearly,
  };
}

/** Whether a column holds nothing but names that are known. */
export function isOfNames(column: string, index: NameIndex): boolean {
  const { projects, partners, unknown } = readNames(column, index);
  return unknown.length === 0 && projects.length + partners.length > 0;
}

/** The names at the beginning of a line without columns, and what follows them; null where it begins with none. A name that comes again begins the title. */
export function leadingNames(line: string, index: NameIndex): { readonly names: string; readonly rest: string } | null {
  let end = 0;
  // A blank alone divides projects only: the title of *GLACY+ INTERPOL training* begins with the organisation.
  let comma = true;
  const taken = new Set<string>();
  for (;;) {
    const next = longestAt(line, end, index);
    if (next === null || taken.has(next.name) || (next.kind === 'partners' && !comma)) break;
    taken.add(next.name);
    const between = /^\s*(?:[,;/&|]|\+(?=\s)|(?:and|et|y|e)\s)?\s*/iu.exec(line.slice(next.end))?.[0] ?? '';
    comma = between.trim() !== '';
    end = next.end + between.length;
    if (/^\s*(?::|[-–—]\s)/u.test(line.slice(next.end))) break;
  }
  if (taken.size === 0) return null;
  return { names: [...taken].join(', '), rest: line.slice(end).replace(/^\s*(?::|[-–—](?=\s))\s*/u, '') };
}

function longestAt(line: string, start: number, index: NameIndex): (Known & { readonly end: number }) | null {
  const words = [...line.slice(start, start + 120).matchAll(/[^\s,;/&|:]+/gu)].slice(0, MOST_WORDS);
  if (words[0]?.index !== 0) return null;
  for (let count = words.length; count > 0; count -= 1) {
    const last = words[count - 1]!;
    const said = line.slice(start, start + last.index + last[0].length);
    const known = /[,;&|:]/u.test(said) ? undefined : index.get(keyOf(said));
    if (known) return { ...known, end: start + said.length };
  }
  return null;
}

/** Words that are known names one behind the other, without a comma between them; null where one is not. */
function segmented(piece: string, index: NameIndex): Known[] | null {
  const words = piece.split(/\s+/u);
  const found: Known[] = [];
  for (let at = 0; at < words.length;) {
    const counts = Array.from(
      { length: Math.min(MOST_WORDS, words.length - at) },
      (_, less) => Math.min(MOST_WORDS, words.length - at) - less,
    );
    const count = counts.find((one) => index.has(keyOf(words.slice(at, at + one).join(' '))));
    if (count === undefined) return null;
    found.push(index.get(keyOf(words.slice(at, at + count).join(' ')))!);
    at += count;
  }
  return found;
}

function keyOf(name: string): string {
  return fold(name).replace(/[\s*]/gu, '');
}

function isNearlyProject(name: string, index: NameIndex): boolean {
  const key = keyOf(name);
  return key.length >= 5 && [...index].some(([known, { kind }]) => kind === 'projects' && known.length >= 5 && isNear(key, known));
}

/** Whether one text becomes another by two changes of a letter at most. */
export function isNear(a: string, b: string, most = 2): boolean {
  if (Math.abs(a.length - b.length) > most || a.length > 60) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]! <= most;
}
