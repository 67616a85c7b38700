import { z } from 'zod';
import { reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { longText } from '../../model/values.ts';
import { upstreamChange, upstreamChoice } from './adaptation-contract.ts';

const told = z.object({
  id: shape.id,
  /** The adaptation that suggests, and its source. */
  courseId: z.string(),
  sourceId: z.string(),
  institution: z.object({ id: z.string(), name: z.string() }),
  note: z.string(),
  suggestedAt: z.string(),
  /** How many of its changes are not decided yet. */
  open: z.int(),
  /** The values of the answer that are shown, for the `seen` of another one. */
  seen: shape.shown,
  /** `taken` null: the source asks for something else, and `why` says for what. */
  answer: z.object({ taken: z.boolean().nullable(), why: z.string(), answeredAt: z.string() }).nullable(),
  /** Whether the user may write the source, and so take of it and answer it. */
  review: shape.permission,
});

/** A change as a comparison names it. */
export const suggestedChange = z.strictObject({ part: shape.id, field: z.string().max(100), language: shape.language.optional() });

export const suggestionContract = {
  /** What was changed in an adaptation and its source has not decided: `theirs` is what the adaptation says, `mine` what the source does. */
  'course.suggestable': reads(['course'], z.strictObject({ courseId: shape.line }), z.object({ changes: z.array(upstreamChange) }), [
    ...(['course.notAdapted', 'course.sourceAway', 'course.unknown'] as const),
  ]),
  /** Suggests to the source of an adaptation what was changed in it. `changes`: those of `course.suggestable` that are suggested; left out: all. */
  'course.suggest': writes(
    z.strictObject({ courseId: shape.line, note: longText.default(''), changes: z.array(suggestedChange).max(10_000).optional() }),
    z.object({ id: shape.id }),
    ['course.notAdapted', 'course.nothingToSuggest', 'course.sourceAway', 'course.tooLarge', 'course.unknown'],
  ),
  /** How many suggestions wait for an answer, of each course to which some are made that the user may answer. */
  'course.suggestionCounts': reads(['course', 'sync'], shape.nothing, z.array(z.object({ courseId: shape.id, count: z.int() }))),
  /** The suggestions that a course makes to its source, and those that are made to it. */
  'course.suggestions': reads(['course', 'sync'], z.strictObject({ courseId: shape.line }), z.array(told), ['course.unknown']),
  /** A suggestion with its changes: `theirs` is what is suggested, `mine` what the source says. */
  'course.suggestion': reads(['course', 'sync'], z.strictObject({ id: shape.id }), told.extend({ changes: z.array(upstreamChange) }), [
    ...(['course.sourceAway', 'course.suggestionUnknown'] as const),
  ]),
  /** Takes of a suggestion as `course.takeUpstream` does of a source. */
  'course.takeSuggestion': writes(
    z.strictObject({ id: shape.id, choices: z.array(upstreamChoice).max(10_000) }),
    z.object({ taken: z.int(), kept: z.int(), merged: z.int(), open: z.int(), taking: z.string().nullable() }),
    ['course.sourceAway', 'course.suggestionUnknown'],
  ),
  'course.undoSuggestion': writes(
    z.strictObject({ id: shape.id, taking: z.string().max(80) }),
    z.object({ undone: z.int(), left: z.int() }),
    ['course.sourceAway', 'course.suggestionUnknown'],
  ),
  /** Tells the institution whether its suggestion was taken, and why; `taken` null: what it is asked to change. */
  'course.answerSuggestion': writes(
    z.strictObject({ id: shape.id, taken: z.boolean().nullable(), why: longText.default(''), seen: shape.seen.optional() }),
    z.object({ id: shape.id }),
    ['course.sourceAway', 'course.suggestionUnknown'],
  ),
};
