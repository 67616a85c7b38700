import { activity, agendaItem } from './activity.ts';
import { mark } from './attendance.ts';
import { awardDesign } from './award-design.ts';
import { award } from './award.ts';
import { course, courseModule, courseVersion, session } from './course.ts';
import type { Entity } from './entity.ts';
import { answerBook, form, formItem, formVersion, sheet } from './evaluation.ts';
import { institution } from './institution.ts';
import { laptop } from './laptop.ts';
import { material, materialVersion } from './material.ts';
import { intakeForm, participant, personLink, roster } from './people.ts';
import { suggestion, suggestionAnswer } from './suggestion.ts';

/** The version of the model, which every change-set names; raised when a field or an entity is added. */
export const MODEL_VERSION = 12;

/** Every entity that this program knows; change-sets of other entities are stored and passed on byte for byte. */
export const ENTITIES: readonly Entity[] = [
  course,
  courseModule,
  session,
  form,
  material,
  materialVersion,
  laptop,
  activity,
  agendaItem,
  roster,
  participant,
  personLink,
  intakeForm,
  mark,
  answerBook,
  sheet,
  award,
  awardDesign,
  institution,
  courseVersion,
  formItem,
  formVersion,
  suggestion,
  suggestionAnswer,
];

const BY_TYPE = new Map(ENTITIES.map((definition) => [definition.type, definition]));

/** The definition of a type; undefined for a newer program's. */
export function entityOf(type: string): Entity | undefined {
  return BY_TYPE.get(type);
}
