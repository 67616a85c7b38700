import { expect, it } from 'vitest';
import { countFaults, signFaults, termFaults } from '../../scripts/locale-wording.ts';
import type { Language } from '../../shared/kernel/text.ts';

it.each([
  ['fr', 'Régler\u202f? Non\u202f; «\u00a0{{value}}\u00a0» reste\u00a0: 93\u00a0%, à 9:30, sur https://a.example.org'],
  ['en', "“Keep”; the laptop’s clock: 93%, a colon: --data FOLDER ['JSON' | -]"],
  ['es', '«Sí»; ¿93\u00a0%?'],
  ['pt', '«Sim»; 93%?'],
  ['fr', '?'],
] as const)('takes the signs of %s as it writes them: %s', (language, text) => {
  expect(signFaults(language, text)).toEqual([]);
});

it.each([
  ['fr', 'Régler ?', 'U+202F'],
  ['fr', 'Régler\u00a0?', 'U+202F'],
  ['fr', 'Régler!', 'U+202F'],
  ['fr', 'Non ; oui', 'U+202F'],
  ['fr', 'Il reste : rien', 'U+00A0 before :'],
  ['fr', '{{name}}: rien', 'U+00A0 before :'],
  ['fr', '« oui\u00a0»', 'inside'],
  ['fr', '«\u00a0oui »', 'inside'],
  ['fr', '93 %', 'percentage'],
  ['fr', '{{rate}}%', 'percentage'],
  ['en', '93 % of them', 'percentage'],
  ['es', '93% de ellas', 'percentage'],
  ['pt', '93 % delas', 'percentage'],
  ['fr', "l'atelier", 'apostrophe'],
  ['en', "the laptop's clock", 'apostrophe'],
  ['en', "the laptops' clocks", 'apostrophe'],
] as const satisfies readonly (readonly [Language, string, string])[])('refuses in %s: %s', (language, text, fault) => {
  expect(signFaults(language, text).join()).toContain(fault);
});

it.each([
  ['fr', 'L’ordre du jour est prêt.', 'programme'],
  ['fr', 'Disponible hors ligne', 'hors connexion'],
  ['fr', 'Le dépôt est injoignable.', 'répertoire'],
  ['fr', 'une coordinatrice', 'coordonnateur'],
  ['fr', 'Son e-mail', 'courriel'],
  ['fr', 'Importer une feuille de présence', 'émargement'],
  ['fr', 'Deux marques', 'pointage'],
  ['fr', 'La feuille est gardée.', 'conserver'],
  ['fr', 'Chercher une personne', 'rechercher'],
  ['es', '4 personas sin marcar', 'por marcar'],
  ['pt', 'Um meio-dia aberto', 'meio dia'],
  ['es', 'En este ordenador', 'equipo'],
  ['es', 'Abra Ajustes', 'Configuración'],
  ['es', 'No se ha cambiado nada.', 'preterite'],
  ['es', 'Se añadió', 'agregar'],
  ['es', 'Quitar la sesión', 'retirar'],
  ['pt', 'Acrescentar uma sessão', 'adicionar'],
  ['pt', 'guardado offline', 'sem ligação'],
  ['pt', 'Salvar os arquivos', 'Portugal'],
] as const satisfies readonly (readonly [Language, string, string])[])('has another word in %s for: %s', (language, text, fault) => {
  expect(termFaults(language, text).join()).toContain(fault);
});

it.each([
  ['fr', 'Marquer comme vu; {{marque}}'],
  ['fr', 'un pointage, un regard'],
  ['es', 'Todavía no se ha enviado nada; a la izquierda'],
  ['pt', 'guardado junto do ateliê, sem ligação'],
] as const)('leaves alone in %s: %s', (language, text) => {
  expect(termFaults(language, text)).toEqual([]);
});

it.each([
  ['{{done}} feuilles sur {{count}}', true, '{{done}} first'],
  ['{{name}}: {{n}} of {{count}} rows', true, '{{n}} first'],
  ['{{value}} sheets', true, '{{value}} first'],
  ['{{points}} points; {{improved}} of {{count}} improved', true, '{{improved}} first'],
  ['{{count}} things', false, 'no plural forms'],
] as const)('refuses how “%s” counts', (text, plural, fault) => {
  expect(countFaults(text, plural).join()).toContain(fault);
});

it.each([
  ['{{count}} of {{of}} sheets', true],
  ['{{name}} ({{count}} rows)', true],
  ['Mean gain {{gain}}; {{count}} of {{of}} improved', true],
  ['The last person', true],
  ['{{points}} points of {{of}}', true],
  ['of {{of}}', false],
] as const)('takes how “%s” counts', (text, plural) => {
  expect(countFaults(text, plural)).toEqual([]);
});
