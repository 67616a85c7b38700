import { z } from 'zod/mini';
import { FILE_KINDS, SAVE_KINDS, type ShellQuestion } from '../../shared/contract/shell.ts';
import { RAILS, THEMES } from '../../shared/kernel/look.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';

const path = z.string().check(z.minLength(1), z.maxLength(4096));
/** A file of the engine's, by its hash. */
const file = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const name = z.string().check(z.minLength(1), z.maxLength(500));

/** The schemas of the arguments of each question of the window, parsed before anything is done with them. */
export const SHELL_ARGUMENTS = {
  lastDays: z.tuple([]),
  chooseFile: z.tuple([z.enum(FILE_KINDS)]),
  chooseSave: z.tuple([z.enum(SAVE_KINDS), name]),
  chooseFolder: z.tuple([]),
  showSaved: z.tuple([path]),
  takeDropped: z.tuple([z.array(path).check(z.maxLength(1_000))]),
  openMaterial: z.tuple([file, name]),
  saveMaterial: z.tuple([file, name]),
  openLink: z.tuple([z.string().check(z.maxLength(2_000))]),
  setLook: z.tuple([z.strictObject({ language: z.enum(LANGUAGES), theme: z.enum(THEMES), rail: z.enum(RAILS) })]),
  restartEngine: z.tuple([]),
  restoreStore: z.tuple([
    z.union([z.enum(['newest', 'nothing']), z.strictObject({ path, account: z.optional(z.enum(['keep', 'take'])) })]),
  ]),
} as const satisfies Record<ShellQuestion, z.ZodMiniType>;

export type ShellArguments<Q extends ShellQuestion> = z.output<(typeof SHELL_ARGUMENTS)[Q]>;
