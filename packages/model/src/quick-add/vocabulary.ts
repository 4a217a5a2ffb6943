/**
 * What a word may be in a phrase, as one letter, so that a phrase is a pattern of letters: `E W` is “every monday”.
 * `_` is any other word, `|` a part that was understood (`~` where it is a rule), `#` text that is not to be.
 */
const WORDS: Record<string, string> = {
  E: 'every each',
  d: 'day days',
  w: 'week weeks',
  m: 'month months',
  y: 'year years',
  q: 'quarter quarters',
  h: 'hour hours hr hrs',
  i: 'minute minutes min mins',
  A: 'daily weekly monthly yearly annually quarterly fortnightly',
  W: 'monday mon tuesday tue tues wednesday wed weds thursday thu thur thurs friday fri saturday sat sunday sun',
  7: 'mondays tuesdays wednesdays thursdays fridays saturdays sundays',
  K: 'weekday workday',
  5: 'weekdays workdays',
  X: 'weekend',
  6: 'weekends',
  M:
    'january jan february feb march mar april apr may june jun july jul august aug september sep sept ' +
    'october oct november nov december dec',
  H: 'one two three four five six seven eight nine ten eleven twelve',
  o: 'first second third fourth fifth',
  L: 'last',
  t: 'today tomorrow tmr tmrw',
  T: 'tonight',
  v: 'morning afternoon evening night',
  R: 'noon',
  P: 'am pm a.m p.m',
  2: 'other',
  a: 'a an',
  n: 'next',
  s: 'this',
  p: 'on',
  b: 'by due',
  '@': 'at @',
  f: 'of',
  z: 'the',
  '&': 'and &',
  '>': 'in',
  u: 'until till',
  F: 'for',
  x: 'time times',
  g: 'starting starts beginning',
  G: 'from',
  j: 'spring summer autumn winter',
  r: 'remind',
  Q: 'reminder',
  e: 'me',
  B: 'before',
  k: 'after',
  c: 'completion',
  D: 'done',
}

const KINDS = new Map(Object.entries(WORDS).flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind])))

/** N a number, Y a year, O a numbered ordinal, C a time of day, I and S a date, Z and J one without a year, U so many of a unit. */
const SHAPES: [kind: string, shape: RegExp][] = [
  ['N', /^\d{1,3}$/],
  ['Y', /^(?:19|2[01])\d\d$/],
  ['O', /^(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)$/],
  ['C', /^(?:(?:0?[1-9]|1[0-2])(?::[0-5]\d)?[ap]m|(?:[01]?\d|2[0-3]):[0-5]\d)$/],
  ['I', /^(?:19|2[01])\d\d-\d\d-\d\d$/],
  ['S', /^\d{1,2}([./])\d{1,2}\1(?:19|2[01])\d\d$/],
  ['Z', /^\d{1,2}\/\d{1,2}$/],
  ['J', /^\d{1,2}\.\d{1,2}$/],
  ['U', /^\d{1,3}(?:d|days?|w|weeks?|h|hrs?|hours?|m|mins?|minutes?)$/],
]

/** Longer than any word or shape above. */
const LONGEST = 12

export function kindOf(word: string): string {
  if (word.length > LONGEST) return '_'
  const lower = word.toLowerCase()
  return KINDS.get(lower) ?? SHAPES.find(([, shape]) => shape.test(lower))?.[0] ?? '_'
}

const NUMBERS = WORDS['H']!.split(' ')
const ORDINALS = WORDS['o']!.split(' ')

/** `3`, `three`, `3rd`, `third` → 3; `a`, `an` and `the` → 1; `last` → -1; `other` → 2. */
export function numberOf(word: string): number {
  const lower = word.toLowerCase()
  if (lower === 'last') return -1
  if (lower === 'other') return 2
  const digits = Number.parseInt(lower, 10)
  if (!Number.isNaN(digits)) return digits
  return Math.max(NUMBERS.indexOf(lower), ORDINALS.indexOf(lower), 0) + 1
}

/** `mon`, `Monday`, `mondays` → 0 … 6 for Sunday. */
export function weekdayNumber(word: string): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  const index = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'].indexOf(word.slice(0, 2).toLowerCase())
  return index as 0 | 1 | 2 | 3 | 4 | 5 | 6
}

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec'

/** `jan`, `January` → 1. */
export function monthNumber(word: string): number {
  return MONTHS.indexOf(word.slice(0, 3).toLowerCase()) / 3 + 1
}

/** 1 → `jan`. */
export function monthName(month: number): string {
  return MONTHS.slice(month * 3 - 3, month * 3)
}
