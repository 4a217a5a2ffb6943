import { z } from 'zod'
import { Instant, InstantOut, LocalMoment, TimeZone } from './primitives.ts'
import { occurrences } from './recurrence.ts'
import { describeRecurrence } from './recurrence-words.ts'
import { RecurrenceInput } from './task.ts'

/** What `POST /api/v1/recurrence/preview` takes. */
export const RecurrencePreviewRequest = z.strictObject({
  rule: RecurrenceInput.shape.rule,
  start: LocalMoment.meta({ description: 'DTSTART on the wall clock; a day alone for a series without a time' }),
  timeZone: TimeZone,
  exceptions: RecurrenceInput.shape.exceptions,
  additions: RecurrenceInput.shape.additions,
  after: z
    .string()
    .refine((text) => Instant.safeParse(text).success || LocalMoment.safeParse(text).success, {
      error: 'must be an instant or a local date or date-time, such as 2026-12-01T08:00:00Z or 2026-12-01',
    })
    .optional()
    .meta({ description: 'Only occurrences later than this: an instant, or a time or whole day on the wall clock' }),
  count: z.int().min(1, 'must be 1 to 50').max(50, 'must be 1 to 50').default(5),
})
export type RecurrencePreviewRequest = z.infer<typeof RecurrencePreviewRequest>

export const RecurrencePreview = z.object({
  description: z.string().meta({ description: 'The rule in words' }),
  occurrences: z.array(z.object({ local: z.string(), instant: InstantOut })).meta({
    description: 'Empty where the rule never happens from that start on',
  }),
})
export type RecurrencePreview = z.infer<typeof RecurrencePreview>

/** A rule in words and its first occurrences. Throws RecurrenceRuleError. */
export function previewRecurrence(request: RecurrencePreviewRequest): RecurrencePreview {
  const { rule, start, timeZone } = request
  return { description: describeRecurrence(rule, { start, timeZone }), occurrences: occurrences(request) }
}
