import { it } from 'vitest';
import { sendForms } from './random-questions.ts';

const FORMS = Number(process.env['ITINERA_FORMS'] ?? 500);

it('500 random forms go out in each format and come back, or what is not carried is named', () => {
  process.stdout.write(`whole, of those written: ${JSON.stringify(sendForms(FORMS, 10_000, false))}\n`);
  process.stdout.write(`of plain words: ${JSON.stringify(sendForms(FORMS, 20_000, true))}\n`);
});
