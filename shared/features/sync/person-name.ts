import { ok, refuse, type Result } from '../../kernel/result.ts';
import { fold } from '../../kernel/text.ts';

/** Characters that a name may have; a certificate's texts have an upper limit of their own. */
const LONGEST = 120;

/** No word of a name, in any of the four languages: it would speak for the repository or for who runs it. */
const OFFICES = new Set(
  `administrator admin administrateur administratrice administrador administradora
   repository repertoire depot repositorio coordinator coordinateur coordinatrice coordinador coordinadora coordenador coordenadora
   itinera system systeme sistema server serveur servidor moderator moderateur moderador support helpdesk`.split(/\s+/),
);
/** Words that are an office only where a name says nothing else: some families are called so. */
const ROLES_ALONE = new Set(
  `trainer formateur formatrice formador formadora instructor expert experte experto experta perito perita curriculum
   officer agent responsable oficial manager gestionnaire gestor gestora director directeur directrice directora diretor diretora`.split(
    /\s+/,
  ),
);
const BESIDE_THEM = new Set(
  `project projet proyecto projeto national nationale nacional central centrale office bureau oficina country pays pais
   the le la les el los o a an un une um uma os as of de du des da do d`.split(/\s+/),
);

/** Whether a name, as `nameGiven` has it, is the name of a role or of the repository, which nobody takes by themselves. */
export function isOffice(name: string): boolean {
  const words = fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const beside = words.filter((word) => !BESIDE_THEM.has(word) && !/^\p{N}+$/u.test(word));
  const isRole = beside.length > 0 && beside.every((word) => ROLES_ALONE.has(word));
  return isRole || words.some((word) => OFFICES.has(word));
}

/**
 * The name that a certificate gives to a device whose person no administrator has named: what it proposes, where that is a person's name and can be read as it is
 * written; without the signs that cannot, where that makes it one; else the first digits of its id, by which screens tell laptops apart. Nobody is kept out for
 * a name, and no device calls itself by an office.
 */
export function nameCertified(proposed: string, replica: string): string {
  for (const text of [proposed, proposed.replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800<>]/gu, ' ')]) {
    const name = nameGiven(text);
    if (name.ok && !isOffice(name.value)) return name.value;
  }
  return replica.slice(0, 8);
}

/**
 * The name as it may stand in a certificate: in one normal form, spaces single. Refuses `sync.nameUnreadable` for what is not seen as it is written (control,
 * format and direction signs, invisible letters, line breaks, the brackets of markup, letters of two alphabets in one word, nothing at all).
 */
export function nameGiven(text: string): Result<string, 'sync.nameUnreadable'> {
  const name = text
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
  return isReadable(name) ? ok(name) : refuse('sync.nameUnreadable');
}

function isReadable(name: string): boolean {
  if (name.length > LONGEST || !/\p{L}/u.test(name)) return false;
  // Control, format, unassigned and private signs, line separators, what is drawn as nothing, and an empty Braille cell.
  if (/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800<>]/u.test(name)) return false;
  // Marks heaped on a letter cover the lines around it.
  if (/\p{M}{4}/u.test(name.normalize('NFD'))) return false;
  return name.split(/[ '’.-]+/).every((word) => ALPHABETS.filter((alphabet) => alphabet.test(word)).length <= 1);
}

/** Alphabets whose letters look alike. */
const ALPHABETS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];
