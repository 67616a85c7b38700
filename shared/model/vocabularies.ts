/**
 * The closed lists of words that fields hold, each in the order in which screens, exports and reports list them. A newer model may add to a list; a word is never
 * taken out or given another meaning.
 */

export const MODES = ['inPerson', 'hybrid', 'online', 'desk'] as const;
/** The modes of an activity: one that was only announced may say none. */
export const ACTIVITY_MODES = [...MODES, 'unspecified'] as const;
/** The precisions with which an activity's dates are known; `none`: no date is. */
export const PRECISIONS = ['day', 'month', 'week', 'none'] as const;
/** The kinds of activity in the calendar; a workshop has an agenda and people, or may have once it is opened. */
export const ACTIVITY_KINDS = ['workshop', 'mission', 'meeting', 'deskWork', 'other'] as const;

export const STATUSES = ['present', 'late', 'leftEarly', 'excused', 'absent', 'remote', 'notTaken'] as const;
/** The statuses that a person can be given: all but *not yet taken*. */
export const MARKS = STATUSES.filter((status) => status !== 'notTaken');
export const METHODS = ['list', 'selfCheckIn', 'paper', 'import'] as const;

/** The kinds of record that files of tables bring in. */
export const INTAKE_KINDS = ['people', 'attendance', 'answers'] as const;

export const SEXES = ['female', 'male', 'other', 'notStated'] as const;
export const PROFESSIONS = [
  'judge',
  'prosecutor',
  'investigatingJudge',
  'lawEnforcement',
  'courtStaff',
  'lawyer',
  'trainingInstitution',
  'other',
] as const;

export const LEVELS = ['introductory', 'advanced', 'specialised', 'trainingOfTrainers', 'refresher'] as const;

export const FORM_KINDS = ['prepost', 'satisfaction', 'followUp', 'preEvent'] as const;
/** The types of item: one of several options, a scale from 1 to 5, words; since model 11 the others. */
export const ITEM_TYPES = ['choice', 'scale', 'open', 'several', 'trueFalse', 'matrix', 'number', 'date', 'ranking', 'consent'] as const;
export const WAVES = ['pre', 'post'] as const;

export const MATERIAL_KINDS = ['slides', 'handout', 'case', 'video', 'template', 'questionnaire', 'other', 'card'] as const;
/** The kinds of a material that is a file. A card tells of a platform elsewhere. */
export const FILE_KINDS = [
  'slides',
  'handout',
  'case',
  'video',
  'template',
  'questionnaire',
  'other',
] as const satisfies readonly MaterialKind[];
export const AUDIENCES = ['everyone', 'judiciary', 'lawEnforcement'] as const;

/** The kinds of certificates of participants: that they were there, what they learnt, that they may train others. */
export const AWARD_KINDS = ['attendance', 'achievement', 'trainer'] as const;

/** How sure a head-count is that a text says. */
export const HEADCOUNTS = ['exact', 'about', 'moreThan'] as const;

export type Headcount = (typeof HEADCOUNTS)[number];
export type Mode = (typeof MODES)[number];
export type ActivityMode = (typeof ACTIVITY_MODES)[number];
export type Precision = (typeof PRECISIONS)[number];
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];
export type Status = (typeof STATUSES)[number];
export type Mark = (typeof MARKS)[number];
export type Method = (typeof METHODS)[number];
export type Sex = (typeof SEXES)[number];
export type Profession = (typeof PROFESSIONS)[number];
export type Level = (typeof LEVELS)[number];
export type FormKind = (typeof FORM_KINDS)[number];
export type ItemType = (typeof ITEM_TYPES)[number];
export type Wave = (typeof WAVES)[number];
export type MaterialKind = (typeof MATERIAL_KINDS)[number];
export type Audience = (typeof AUDIENCES)[number];
export type AwardKind = (typeof AWARD_KINDS)[number];
