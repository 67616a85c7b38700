import { ACCEPTANCE_MUTANTS } from './acceptance-mutants.ts';
import { ADAPTATION_MUTANTS } from './adaptation-mutants.ts';
import { BADGE_MUTANTS } from './badge-mutants.ts';
import { COST_MUTANTS } from './cost-mutants.ts';
import { DOOR_MUTANTS } from './door-mutants.ts';
import { EXCHANGE_MUTANTS } from './exchange-mutants.ts';
import { IDENTITY_MUTANTS } from './identity-mutants.ts';
import { LIST_MUTANTS } from './list-mutants.ts';
import { MARKS_MUTANTS } from './marks-mutants.ts';
import { MUTANTS as CORE_MUTANTS, type Mutant } from './mutants.ts';
import { PERMIT_MUTANTS } from './permit-mutants.ts';
import { POSTGRES_MUTANTS } from './postgres-mutants.ts';
import { REPORT_MUTANTS } from './report-mutants.ts';
import { RESTORE_MUTANTS } from './restore-mutants.ts';
import { RIGHTS_MUTANTS } from './rights-mutants.ts';
import { SHELL_MUTANTS } from './shell-mutants.ts';
import { USB_MUTANTS } from './usb-mutants.ts';
import { VALUE_MUTANTS } from './value-mutants.ts';
import { VAULT_MUTANTS } from './vault-mutants.ts';

/** Every rule that is broken on purpose, area by area. */
export const EVERY_MUTANT: readonly Mutant[] = [
  ...ACCEPTANCE_MUTANTS,
  ...ADAPTATION_MUTANTS,
  ...BADGE_MUTANTS,
  ...COST_MUTANTS,
  ...DOOR_MUTANTS,
  ...EXCHANGE_MUTANTS,
  ...IDENTITY_MUTANTS,
  ...CORE_MUTANTS,
  ...LIST_MUTANTS,
  ...MARKS_MUTANTS,
  ...PERMIT_MUTANTS,
  ...POSTGRES_MUTANTS,
  ...REPORT_MUTANTS,
  ...RESTORE_MUTANTS,
  ...RIGHTS_MUTANTS,
  ...SHELL_MUTANTS,
  ...USB_MUTANTS,
  ...VALUE_MUTANTS,
  ...VAULT_MUTANTS,
];
