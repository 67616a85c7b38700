import path from 'node:path';
import expectedFigures from '../../fixtures/workshop-a/expected.json' with { type: 'json' };
import type { Terminal } from './terminal.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/workshop-a');

/** The *Introductory Judicial Training for ECOWAS French-speaking countries*: invented people, real figures. */
export const expected = expectedFigures;
export const files = {
  people: path.join(FOLDER, 'participants.csv'),
  attendance: path.join(FOLDER, 'attendance.csv'),
  prePost: path.join(FOLDER, 'prepost.csv'),
  satisfaction: path.join(FOLDER, 'satisfaction.csv'),
} as const;

export const PLAN = {
  title: 'Formation judiciaire d’introduction pour les pays francophones de la CEDEAO',
  courseId: 'C1',
  projects: ['GLACY+'],
  partners: ['OCWAR-C'],
  languages: ['fr'],
  countries: ['BJ', 'BF', 'CI', 'NE', 'ML', 'SN'],
  mode: 'inPerson',
  start: '2021-07-12',
  end: '2021-07-15',
  place: 'Dakar',
} as const;

const PARTS = {
  people: ['people.import', {}],
  attendance: ['attendance.import', {}],
  prePost: ['evaluation.import', { formId: 'intro-prepost-v1' }],
  satisfaction: ['evaluation.import', { formId: 'satisfaction-v1' }],
} as const;

/** Makes the workshop at a terminal with the parts that are asked for; gives its id. */
export async function makeWorkshopA(terminal: Terminal, parts: readonly (keyof typeof PARTS)[]): Promise<string> {
  const { id } = await terminal.call<{ id: string }>('activity.create', PLAN);
  for (const part of parts) {
    const [call, args] = PARTS[part];
    await terminal.call(call, { activityId: id, path: files[part], apply: true, ...args });
  }
  return id;
}
