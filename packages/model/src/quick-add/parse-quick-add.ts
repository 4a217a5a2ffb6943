import { LIMITS } from '../limits.ts'
import { uniqueTags } from '../tag-key.ts'
import type { Priority } from '../task.ts'
import { clockOf, type Clock } from './clock.ts'
import { duePhraseAt } from './due-phrases.ts'
import { findMarks } from './marks.ts'
import type { FoundPart, SpannedPart } from './part-range.ts'
import { PlainParts } from './plain-parts.ts'
import { planOf, type Phrases, type Plan } from './plan.ts'
import { findPriorities } from './priority-words.ts'
import type { PartKind, QuickAdd, QuickAddContext } from './quick-add.ts'
import { reminderPhraseAt } from './reminder-phrases.ts'
import { saysToRepeat, repeatPhraseAt } from './repeat-phrases.ts'
import { markSpan, rangeOf, readSentence, type Sentence, type Span } from './sentence.ts'
import { absorbPunctuation, titleOf } from './title.ts'

/**
 * Reads a line such as `Pay rent every 1st 9am !high #home /Finance remind 1d before`. What is not understood without
 * a doubt stays in the title: the title and the parts together have every character that is not white space. A title
 * that would be empty is the whole line. Text in quotes is never understood, nor is a line that is longer than
 * LIMITS.quickAddLength. Throws on no text; RangeError for a zone that `Intl` does not know.
 */
export function parseQuickAdd(text: string, context: QuickAddContext): QuickAdd {
  const clock = clockOf(context)
  const read = text.length > LIMITS.quickAddLength ? '' : text
  const plain = new PlainParts(context.plain ?? [])
  const marks = findMarks(read, context, plain)
  const hidden = [
    ...marks.parts.map(({ from, to }) => ({ from, to, mark: '|' as const })),
    ...marks.plain.map(({ from, to }) => ({ from, to, mark: '#' as const })),
  ].sort((a, b) => a.from - b.from)
  const { sentence, phrases } = findPhrases(readSentence(read, hidden), clock, plain)
  const plan = planOf(phrases, clock)
  const planParts = partsOf(sentence, plan)
  const marked = planParts.reduce((all, { span }) => markSpan(all, span, '|'), sentence)
  const priorities = findPriorities(marked, plain)
  const whole = priorities.reduce((all, { span }) => markSpan(all, span, '|'), marked)
  const found = [...marks.parts, ...[...planParts, ...priorities].map(({ part }) => part)]
  const parts = absorbPunctuation(
    whole,
    found.sort((a, b) => a.from - b.from),
  )
  return { title: titleOf(text, parts), ...valuesOf(parts, plan), parts: parts.map((part) => withText(part, text)) }
}

/** More of a kind are not looked for: of several that differ none would be taken. */
const MOST_PHRASES = 8

/** Reminders first, which have times of their own; rules next, which have days. Its sentence has what is plain marked. */
function findPhrases(line: Sentence, clock: Clock, plain: PlainParts): { sentence: Sentence; phrases: Phrases } {
  let reading = line
  let sentence = line
  const collect = <P extends Span & { doubt?: unknown }>(
    kind: PartKind,
    at: (sentence: Sentence, first: number, clock: Clock) => P | null,
  ) => {
    const found: P[] = []
    for (let index = 0; index < reading.words.length && found.length < MOST_PHRASES; index += 1) {
      const phrase = '|~#_'.includes(reading.kinds[index]!) ? null : at(reading, index, clock)
      if (!phrase) continue
      const { from, to } = rangeOf(line, phrase)
      const isPlain = !phrase.doubt && plain.has(kind, line.text.slice(from, to))
      if (isPlain) sentence = markSpan(sentence, phrase, '#')
      else found.push(phrase)
      if (!phrase.doubt) reading = markSpan(reading, phrase, isPlain ? '#' : kind === 'recurrence' ? '~' : '|')
      index = phrase.end - 1
    }
    return found
  }
  const reminders = collect('reminder', reminderPhraseAt)
  const repeats = collect('recurrence', repeatPhraseAt)
  const hasUnreadRepeat = saysToRepeat(reading) && !plain.hasAll('recurrence')
  const dues = collect('due', duePhraseAt)
  return { sentence, phrases: { reminders, repeats, dues, hasUnreadRepeat } }
}

function partsOf(sentence: Sentence, { planned, used }: Plan): SpannedPart[] {
  const place = (span: Span) => rangeOf(sentence, span)
  const dues = used.dues.map((span) => {
    const { date, time } = span
    return { span, part: { kind: 'due' as const, ...place(span), date, time } }
  })
  const reminders = used.reminders.map(({ phrase, reminders }) => ({
    span: phrase,
    part: { kind: 'reminder' as const, ...place(phrase), reminders },
  }))
  if (!used.repeat || !planned?.recurrence) return [...dues, ...reminders]
  const { rule, anchor } = planned.recurrence
  const part = { kind: 'recurrence' as const, ...place(used.repeat), rule, anchor, time: used.repeat.time }
  return [...dues, { span: used.repeat, part }, ...reminders]
}

function valuesOf(parts: FoundPart[], { planned, reminders }: Plan): Omit<QuickAdd, 'title' | 'parts'> {
  let priority: Priority | null = null
  let listId: string | null = null
  const tags: string[] = []
  for (const part of parts) {
    if (part.kind === 'priority') priority = part.priority
    if (part.kind === 'list') listId = part.listId
    if (part.kind === 'tag') tags.push(part.tag)
  }
  const { due = null, recurrence = null } = planned ?? {}
  return { due, recurrence, priority, tags: uniqueTags(tags), listId, reminders }
}

function withText<P extends FoundPart>(part: P, text: string): P & { text: string } {
  return { ...part, text: text.slice(part.from, part.to) }
}
