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
  answer: z.object({ taken: z.boolean(), why: z.string(), answeredAt: z.string() }).nullable(),
});

export const suggestionContract = {
  /** Suggests to the source of an adaptation what was changed in it. */
  'course.suggest': writes(z.strictObject({ courseId: shape.line, note: longText.default('') }), z.object({ id: shape.id }), [
    ...(['course.notAdapted', 'course.nothingToSuggest', 'course.sourceAway', 'course.tooLarge', 'course.unknown'] as const),
  ]),
  /** The suggestions that a course makes to its source, and those that are made to it. */
  'course.suggestions': reads(['course'], z.strictObject({ courseId: shape.line }), z.array(told), ['course.unknown']),
  /** A suggestion with its changes: `theirs` is what is suggested, `mine` what the source says. */
  'course.suggestion': reads(['course'], z.strictObject({ id: shape.id }), told.extend({ changes: z.array(upstreamChange) }), [
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
  /** Tells the institution whether its suggestion was taken, and why. */
  'course.answerSuggestion': writes(
    z.strictObject({ id: shape.id, taken: z.boolean(), why: longText.default(''), seen: shape.seen.optional() }),
    z.object({ id: shape.id }),
    ['course.sourceAway', 'course.suggestionUnknown'],
  ),
};
