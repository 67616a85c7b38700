import path from 'node:path';
import type { Language } from '../../../shared/kernel/text.ts';
import { NEXT } from './full-laptop.ts';
import { atTerminal } from './terminal.ts';
import { makeWorkshopA } from './workshop-a.ts';

/** A published inventory, with what is no workshop; one line of it cannot be read. */
export const INVENTORY = `Inventory of activities (July - September 2021)

JULY 2021

GLACY+	Advisory mission on legislation on cybercrime and electronic evidence, Niger, 5-6 July, <i>Hybrid</i>
GLACY+	Tenth Steering Committee, 28 July - 3 August
GLACY+	Meeting of contact points on requests for stored data, 15 July, <i>Online</i>
Octopus	Translation of a convention
GLACY+	Workshop on nothing, 31 June

AUGUST 2021

Octopus	Study on something, August-September, <i>Desk study</i>
`;
/** What of it is no workshop and has its days. */
export const MISSION = 'Advisory mission on legislation on cybercrime and electronic evidence, Niger';

/** The institution that the certificates are designed for. */
const DESIGN = {
  heading: { fr: 'École nationale de la magistrature', en: 'National School for the Judiciary' },
  body: { fr: 'a suivi avec assiduité la formation', en: 'has attended' },
  legal: { fr: 'Délivré sous le contrôle du Conseil supérieur de la magistrature.' },
  main: '#7a1e2e',
  accent: '#b7791f',
  name1: 'Ana LOPES',
  office1: { fr: 'Directrice des études', en: 'Director of Studies' },
} as const;

/** The laptop of somebody who keeps the calendar of an institution, in `folder`/data: two workshops, the first with its institution's certificates, and what an inventory names besides. Gives the data folder. */
export async function makeCalendarLaptop(folder: string, language: Language): Promise<string> {
  const data = path.join(folder, 'data');
  await atTerminal(data, async (terminal) => {
    await terminal.call('settings.set', { language, name: 'Awa Diop', theme: 'light' });
    const activityId = await makeWorkshopA(terminal, []);
    const { id: designId } = await terminal.call<{ id: string }>('certificate.addDesign', { name: DESIGN.heading.fr });
    await terminal.call('certificate.setDesign', { id: designId, ...DESIGN });
    await terminal.call('certificate.chooseDesign', { activityId, designId });
    await terminal.call('activity.create', NEXT);
    await terminal.call('calendar.import', { text: INVENTORY, apply: true });
  });
  return data;
}
