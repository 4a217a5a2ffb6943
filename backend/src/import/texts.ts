import { tagKey } from '@todo/model/tag-key'
import { LIMITS } from '@todo/model/task'
import { isVisible } from '@todo/model/visible-text'
import type { ContentLine } from './content-lines.ts'
import type { Properties } from './properties.ts'
import { shortened, type Report } from './report.ts'
import { readText, readTexts } from './values.ts'

/** Texts that a task has no field for, and what they are called in its notes. */
const IN_NOTES = [
  ['LOCATION', 'Location'],
  ['URL', 'Link'],
  ['CONFERENCE', 'Conference'],
  ['X-GOOGLE-CONFERENCE', 'Conference'],
  ['CONTACT', 'Contact'],
  ['COMMENT', 'Comment'],
] as const

const UNTITLED = '(no title)'

export interface Texts {
  title: string
  notes: string
}

/** Title and notes; `times` are lines about times that a task has no field for. */
export function titleAndNotes(properties: Properties, begin: ContentLine, times: string[], report: Report): Texts {
  const summary = properties.one('SUMMARY')
  const whole = summary ? readText(summary.value).replace(/\s+/gu, ' ') : ''
  if (whole === '') report.add(begin, `has no SUMMARY: the task is called ${UNTITLED}`)
  const isLong = whole.length > LIMITS.titleLength
  if (isLong && summary) {
    report.add(summary, `a title has at most ${LIMITS.titleLength} characters: the whole one is on top of the notes`)
  }
  const description = properties.one('DESCRIPTION')
  const details = IN_NOTES.flatMap(([name, label]) =>
    properties.all(name).map(({ value }) => `${label}: ${readText(value)}`),
  )
  const blocks = [
    isLong ? whole : '',
    description ? readText(description.value) : '',
    [...details, ...times].join('\n'),
  ]
  const notes = blocks.filter((block) => block !== '').join('\n\n')
  if (notes.length > LIMITS.notesLength) {
    report.add(description ?? begin, `notes have at most ${LIMITS.notesLength} characters: the rest was cut off`)
  }
  return {
    title: isVisible(whole) ? shortened(whole, LIMITS.titleLength) : UNTITLED,
    // A cut may not leave half of a character.
    notes: notes.slice(0, LIMITS.notesLength).replace(/[\uD800-\uDBFF]$/, ''),
  }
}

/** CATEGORIES as tags: what a tag cannot have becomes a hyphen, which is reported. */
export function readTags(properties: Properties, report: Report): string[] {
  const tags = new Map<string, string>()
  for (const line of properties.all('CATEGORIES')) {
    for (const category of readTexts(line.value)) {
      const tag = tagOf(category)
      const kept = shortened(tag, LIMITS.tagLength)
      if (!isVisible(tag) || tags.has(tagKey(kept))) continue
      if (tags.size === LIMITS.tags) {
        report.add(line, `a task has at most ${LIMITS.tags} tags: ${kept} and what follows is left out`)
        return [...tags.values()]
      }
      tags.set(tagKey(kept), kept)
      if (kept !== tag) report.add(line, `a tag has at most ${LIMITS.tagLength} characters: it was cut to ${kept}`)
      else if (tag !== category.normalize('NFC').replace(/^#/, ''))
        report.add(line, `a tag is one word: “${category}” became ${tag}`)
    }
  }
  return [...tags.values()]
}

function tagOf(category: string): string {
  const words = category.normalize('NFC').split(/[\s#,]+/u)
  return words.filter((word) => word !== '').join('-')
}
