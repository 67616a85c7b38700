import type { CallContext, Handlers } from '../../../../shared/contract/rpc.ts';
import type { Document } from '../../../../shared/features/document/blocks.ts';
import { attendanceSheet, leadOf } from '../../../../shared/features/paper/attendance-sheet.ts';
import { badges } from '../../../../shared/features/paper/badges.ts';
import { blankForm, blankFormCodes } from '../../../../shared/features/paper/blank-form.ts';
import type { ClosingPaper } from '../../../../shared/features/paper/closing.ts';
import {
  EVERYTHING,
  isMadeAs,
  PERIOD_REPORT,
  takesTwoLanguages,
  type DocumentKind,
  type paperContract,
} from '../../../../shared/features/paper/contract.ts';
import { doorSign } from '../../../../shared/features/paper/door-sign.ts';
import { agendaDocument, participantsDocument } from '../../../../shared/features/paper/lists.ts';
import { namePlates } from '../../../../shared/features/paper/name-plates.ts';
import { fileName, frameIn, paperWords, type PaperWords } from '../../../../shared/features/paper/paper-words.ts';
import { placesByPage } from '../../../../shared/features/paper/sheet-places.ts';
import { reportDocument } from '../../../../shared/features/report/report-document.ts';
import { reportWords } from '../../../../shared/features/report/report-words.ts';
import type { Day } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import type { Paper } from '../../../../shared/node/papers/typesetter.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow } from '../activity/activity-rows.ts';
import { certificatesOf, certificatesPaper, writeCertificates, type CertificateOptions } from '../award/printed-awards.ts';
import { badgeFiles } from '../award/open-badges.ts';
import { inWorkshop } from '../form/asked-forms.ts';
import { activityFigures } from '../report/activity-figures.ts';
import { writePeriod } from '../report/period-file.ts';
import type { AskedPeriod } from '../report/period.ts';
import { reportFile } from '../report/report-file.ts';
import { writeChosen } from '../written-file.ts';
import { everyPaper, missingOf } from './everything.ts';
import { setPaper } from './set-paper.ts';
import { printedWorkshop, type PrintedWorkshop } from './printed-workshop.ts';

interface RequestedPaper {
  readonly activityId: Id;
  readonly language: Language;
  readonly second?: Language | undefined;
  readonly options?: PaperOptions | undefined;
}

interface PaperOptions extends CertificateOptions {
  readonly formId?: string | undefined;
  readonly network?: string | undefined;
  readonly password?: string | undefined;
}

type PaperRefusal = 'activity.unknown' | 'certificate.designAway' | 'document.empty' | 'evaluation.formUnknown';

/** The calls that make documents of a workshop. */
export function paperHandlers(context: EngineContext): Handlers<typeof paperContract> {
  const set = async (kind: DocumentKind, wanted: RequestedPaper, call: CallContext) => {
    if (wanted.second !== undefined && !takesTwoLanguages(kind)) return refuse('document.oneLanguage', { kind });
    call.progress({ label: 'document.setting', done: 0, total: 0, unit: 'items' });
    const paper = await PAPERS[kind](context, wanted, call);
    if (!paper.ok) return paper;
    return setPaper(context, paper.value, paperWords(context, wanted.language), call.signal);
  };
  return {
    'document.missing': (wanted) => missingOf(context, wanted),

    'document.make': async ({ kind, format, path: target, activityId, ...more }, call) => {
      if (kind === PERIOD_REPORT.kind) return makePeriodReport(context, { ...more, format, target }, call);
      if (activityId === undefined) return refuse('activity.unknown');
      const wanted = { ...more, activityId };
      if (kind === EVERYTHING.kind) {
        if (format !== 'zip' && format !== 'pdf') return refuse('document.format', { kind, format });
        const make = async (paper: ClosingPaper) => {
          if (paper.format !== 'pdf') return reportFile(context, wanted, paper.format);
          const made = await set(
            paper.kind,
            { ...wanted, options: { certificate: paper.certificate } },
            { ...call, progress: () => undefined },
          );
          return made.ok ? ok(made.value.bytes) : made;
        };
        return everyPaper(context, wanted, { path: target, isArchive: format === 'zip' }, make, call);
      }
      if (format === 'zip') return refuse('document.format', { kind, format });
      if (!isMadeAs(kind, format)) return refuse('document.format', { kind, format });
      if (format !== 'pdf') {
        call.progress({ label: 'document.setting', done: 0, total: 0, unit: 'items' });
        const report = await reportFile(context, wanted, format);
        if (!report.ok) return report;
        if (call.signal.aborted) return refuse('job.cancelled');
        return writeChosen(target, report.value);
      }
      if (kind === 'certificates' && wanted.options?.files === true) return writeCertificates(context, wanted, target, call);
      const made = await set(kind, wanted, call);
      if (!made.ok) return made;
      if (call.signal.aborted) return refuse('job.cancelled');
      const written = await writeChosen(target, made.value.bytes);
      return written.ok ? ok({ ...written.value, pages: made.value.pages }) : written;
    },

    'document.places': async ({ kind, ...wanted }, call) => {
      const paper = await PAPERS[kind](context, wanted, call);
      if (!paper.ok) return paper;
      const { codes = [] } = paper.value;
      const made = await context.typesetter.set({ ...paper.value, asks: 'lies' }, call.signal);
      if (!made.ok) return made;
      const pages = placesByPage(made.value.lies, made.value.pages);
      return ok({ pages: pages.map((places, page) => ({ code: codes[page] ?? '', places })) });
    },

    'document.open': async ({ kind, ...wanted }, call) => {
      const made = await set(kind, wanted, call);
      if (!made.ok) return made;
      if (call.signal.aborted) return refuse('job.cancelled');
      const sha256 = context.madeDocuments.keep(made.value.bytes);
      try {
        const name = fileName(paperWords(context, wanted.language), kind, startOf(context, wanted.activityId));
        const opened = await context.shell('open', { sha256, name: `${name}.pdf` });
        return opened.ok ? ok({ pages: made.value.pages }) : opened;
      } finally {
        context.madeDocuments.forget(sha256);
      }
    },
  };
}

async function makePeriodReport(context: EngineContext, wanted: PeriodWanted, call: CallContext) {
  const { language, second, format, target, options: { from, since, to } = {} } = wanted;
  const as = PERIOD_REPORT.formats.find((one) => one === format);
  if (as === undefined) return refuse('document.format', { kind: PERIOD_REPORT.kind, format });
  if (second !== undefined) return refuse('document.oneLanguage', { kind: PERIOD_REPORT.kind });
  if (to === undefined || (from === undefined) === (since === undefined)) return refuse('document.noPeriod');
  return writePeriod(context, { from, since, to, language }, as, target, call);
}

interface PeriodWanted extends Pick<RequestedPaper, 'language' | 'second'> {
  readonly format: string;
  readonly target: string;
  readonly options?: (Omit<AskedPeriod, 'to'> & { readonly to?: Day | undefined }) | undefined;
}

/** A questionnaire has no more. */
const MOST_PAGES = 40;

function startOf({ store }: EngineContext, activityId: Id): string {
  return activityRow(store.reader, activityId)?.start ?? '';
}

type MadePaper = Result<Paper, PaperRefusal | 'job.cancelled'>;
type PaperOf = (context: EngineContext, wanted: RequestedPaper, call: CallContext) => MadePaper | Promise<MadePaper>;
type PrintedPaper = (printed: PrintedWorkshop, wanted: RequestedPaper, context: EngineContext) => Result<Paper, PaperRefusal>;

/** A paper of what is printed of a workshop. */
const printed =
  (paper: PrintedPaper): PaperOf =>
  (context, wanted) => {
    const workshop = printedWorkshop(context, wanted.activityId);
    return workshop.ok ? paper(workshop.value, wanted, context) : workshop;
  };

const PAPERS: Readonly<Record<DocumentKind, PaperOf>> = {
  attendanceSheet: printed((workshop, wanted, context) => {
    const sheet = attendanceSheet(workshop, wordsOf(context, wanted), context.hasher);
    if (sheet.pages.length === 0) return refuse('document.empty');
    return ok({ template: 'attendance-sheet', given: { sheet }, codes: sheet.pages.map(({ code }) => code) });
  }),
  participants: printed((workshop, { language }, context) => {
    const words = paperWords(context, language);
    const people = workshop.participantsIn(words);
    if (people.length === 0) return refuse('document.empty');
    const list = pagesOf(participantsDocument(workshop.listedIn(words), people, workshop.notesIn(language), words), words);
    return ok({ ...list, given: { ...list.given, labels: 'names' } });
  }),
  agenda: printed((workshop, { language }, context) => {
    const words = paperWords(context, language);
    const items = workshop.agendaIn(words);
    if (items.length === 0) return refuse('document.empty');
    return ok(pagesOf(agendaDocument(workshop.listedIn(words), items, words), words));
  }),
  namePlates: printed((workshop, { language }, context) => {
    const words = paperWords(context, language);
    const { people } = workshop;
    if (people.length === 0) return refuse('document.empty');
    return ok({ template: 'name-plates', given: { plates: namePlates(workshop.title(words), people, words) } });
  }),
  badges: printed((workshop, { language }, context) => {
    const words = paperWords(context, language);
    const { people } = workshop;
    if (people.length === 0) return refuse('document.empty');
    return ok({ template: 'badges', given: { badges: badges(workshop.title(words), people, words) } });
  }),
  blankForm: printed((workshop, wanted, context) => {
    const form = inWorkshop(context, wanted.activityId, wanted.options?.formId ?? '');
    if (!form.ok) return form;
    if (form.value.items.length === 0) return refuse('document.empty');
    const words = wordsOf(context, wanted);
    const lead = leadOf(workshop, words[0]);
    const sheet = blankForm(form.value, { title: workshop.title, lead }, words);
    // How many pages there are is known once it is set.
    const codeOf = blankFormCodes(wanted.activityId, form.value.id, sheet, context.hasher);
    const codes = Array.from({ length: MOST_PAGES }, (_, page) => codeOf(page + 1));
    return ok({ template: 'blank-form', given: { form: sheet, says: codes }, codes });
  }),
  doorSign: printed((workshop, wanted, context) => {
    const { network = '', password = '' } = wanted.options ?? {};
    const sign = doorSign(workshop, { network, password }, wordsOf(context, wanted));
    return ok({ template: 'door-sign', given: { sign } });
  }),
  async certificates(context, wanted, call) {
    const certificates = await certificatesOf(context, wanted);
    if (!certificates.ok) return certificates;
    const badges = await badgeFiles(context, certificates.value, call);
    return badges.ok ? ok(certificatesPaper(certificates.value, badges.value)) : badges;
  },
  activityReport(context, { activityId, language }) {
    const words = reportWords(context, language);
    const figures = activityFigures(context, activityId, words);
    if (!figures.ok) return figures;
    return ok(pagesOf(reportDocument(figures.value, words), paperWords(context, language)));
  },
};

/** A document of blocks as pages. */
function pagesOf(document: Document, words: PaperWords): Paper {
  return { template: 'document', given: { document, frame: frameIn(words) } };
}

function wordsOf(context: EngineContext, { language, second }: Omit<RequestedPaper, 'activityId'>): [PaperWords, ...PaperWords[]] {
  const first = paperWords(context, language);
  return second === undefined || second === language ? [first] : [first, paperWords(context, second)];
}
