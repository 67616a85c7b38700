import type { Texts } from '../../model/title.ts';
import type { ItemType } from '../../model/vocabularies.ts';

/** The options of the types that always have the same ones. They are content, as the texts of questionnaires are: a sheet in one language has them in that one. */
export const FIXED_OPTIONS: Readonly<Partial<Record<ItemType, Readonly<Record<string, Texts>>>>> = {
  trueFalse: {
    true: { en: 'True', fr: 'Vrai', es: 'Verdadero', pt: 'Verdadeiro' },
    false: { en: 'False', fr: 'Faux', es: 'Falso', pt: 'Falso' },
  },
  consent: {
    yes: { en: 'I agree', fr: 'J’accepte', es: 'Acepto', pt: 'Aceito' },
    no: { en: 'I do not agree', fr: 'Je n’accepte pas', es: 'No acepto', pt: 'Não aceito' },
  },
};
