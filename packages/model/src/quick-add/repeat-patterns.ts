import { MONTH_DAY } from './date-phrases.ts'
import { pattern } from './sentence.ts'

/*
 * Phrases that say how something repeats, tried in this order. What the pieces of a pattern are for is in
 * repeat-rules.ts: `count` and `unit` a step, `days` of the week, `numbered` days of the week, `dates` of the month,
 * `date` of the year.
 */

const SEPARATOR = '(?:,?&|,)'
const WEEKDAY = '[W7]\\.?'
const DAYS = `(?<days>${WEEKDAY}(?:${SEPARATOR}?${WEEKDAY}){0,12}|[K5X6])`
const DATE_OF_MONTH = 'z?(?:O|Ld)'
const DATES = `(?<dates>${DATE_OF_MONTH}(?:${SEPARATOR}${DATE_OF_MONTH}){0,6})`
const NUMBERED = `(?<numbered>z?[OoL](?:${SEPARATOR}z?[OoL]){0,4}(?:W\\.?|K))`
const OF_MONTH = '(?<ofMonth>[f>](?:z|E)?m)'
const DATE = `(?<date>${MONTH_DAY})`
const EVERY = 'b?E(?<completion>!)?'

export const REPEAT_PATTERNS = [
  `${EVERY}(?<dates>[Oo])d${OF_MONTH}`,
  `${EVERY}(?<count>[NHOo2])?(?<unit>d)`,
  `${EVERY}(?<count>[NHOo2])?(?<unit>w)(?:p?${DAYS})?`,
  `${EVERY}(?<count>[NHOo2])?(?<unit>m)(?:p?(?:${NUMBERED}|${DATES}))?`,
  `${EVERY}(?<count>[NHOo2])?(?<unit>y)(?:p?${DATE})?`,
  `${EVERY}(?<unit>q)`,
  `${EVERY}${DATE}`,
  `${EVERY}${NUMBERED}${OF_MONTH}?`,
  `${EVERY}(?<dates>o)${OF_MONTH}`,
  `${EVERY}${DATES}${OF_MONTH}?`,
  `${EVERY}(?<count>2)?${DAYS}`,
  `${EVERY}(?<unit>v)`,
  `p?${NUMBERED}${OF_MONTH}`,
  `p?(?<dates>z?o)${OF_MONTH}`,
  `p?${DATES}${OF_MONTH}`,
  `(?<unit>A)(?:p(?:${NUMBERED}|${DATES}|${DATE}|${DAYS}))?`,
  'p(?<days>7(?:(?:,?&|,)7){0,6}|[56])',
].map(pattern)
