/** Letters beyond ASCII of a language, in small letters, the most frequent first (in names and in the words of lists). */
export interface LanguageLetters {
  readonly language: string;
  readonly letters: string;
  /** Neighbours that the language has side by side; others are seldom. */
  readonly pairs: readonly string[];
}

/** Languages of Latin script from whose countries lists come. */
export const LATIN: readonly LanguageLetters[] = [
  { language: 'fr', letters: 'éèïêçàôîâëûùüœÿæ', pairs: ['éé', 'éâ', 'éè', 'éï', 'œü'] },
  { language: 'es', letters: 'óíáéñúüç', pairs: ['ñó', 'ñí', 'ñá', 'ñú'] },
  { language: 'pt', letters: 'ãçáéíóêõôâúàü', pairs: ['çã', 'çõ', 'çá', 'çó', 'ãé'] },
  { language: 'de', letters: 'üöäßé', pairs: ['üß', 'öß', 'äß'] },
  { language: 'it', letters: 'àèéòùì', pairs: [] },
  { language: 'nordic', letters: 'øäåöæéðþýáíóú', pairs: ['øå', 'áð'] },
  { language: 'pl', letters: 'łąęśćżóńź', pairs: ['łę', 'łą', 'łó', 'żó', 'óż', 'ść', 'źć', 'żą', 'ół', 'óź', 'ńś', 'śń'] },
  {
    language: 'cs',
    letters: 'áíčšžéřýěůúťňďóľôäĺŕ',
    pairs: ['ří', 'řá', 'ží', 'čí', 'ší', 'íš', 'íč', 'áš', 'áč', 'éř', 'íř', 'ář', 'ýř', 'šť', 'žá', 'čá'],
  },
  { language: 'hu', letters: 'áéóőöíüűú', pairs: ['áé', 'éő'] },
  { language: 'hr', letters: 'ćčšžđ', pairs: ['šč', 'žđ', 'šć', 'čć'] },
  { language: 'ro', letters: 'ăţşîâșț', pairs: ['şă', 'ţă', 'âţ', 'âş', 'îţ', 'îş'] },
  { language: 'sq', letters: 'ëç', pairs: ['çë'] },
  { language: 'tr', letters: 'ışüğçöâîûə', pairs: ['şı', 'ış', 'ğı', 'ığ', 'çı', 'ıç', 'üş', 'üğ', 'öğ', 'öç', 'üç', 'şü', 'şç', 'çü'] },
];

/** The signs that do not belong between the letters of any word. */
export const APOSTROPHES = '’‘ʼ´';
/** The signs that stand beside words in lists. */
export const BESIDE_WORDS = '«»“”„–—…•§€¿¡\u00a0';
/** The signs that follow a number or the letter n. */
export const ORDINALS = 'ºª°';
