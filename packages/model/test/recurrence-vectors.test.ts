import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { occurrences, type Occurrence } from '../src/recurrence.ts'

interface Vector {
  rule: string
  start: string
  timeZone: string
  exceptions: string[]
  occurrences: Occurrence[]
}

const ours = new URL('vectors/recurrence.json.gz', import.meta.url)
const shared = new URL('../../../../shared/vectors/recurrence.json', import.meta.url)
const vectors = unpacked(ours) as Vector[]

function unpacked(file: URL): unknown {
  return JSON.parse(gunzipSync(readFileSync(file)).toString())
}

/** The vectors stop at 2060 and write instants without milliseconds. */
function likeVector(found: Occurrence[]): Occurrence[] {
  const known = found.filter(({ local }) => local < '2061')
  return known.map(({ local, instant }) => ({ local, instant: instant.replace('.000Z', 'Z') }))
}

test('all 2,000 vectors of python-dateutil agree', () => {
  expect(vectors).toHaveLength(2_000)
  for (const { occurrences: expected, ...series } of vectors) {
    const found = likeVector(occurrences({ ...series, count: 12 }))
    expect(found, `${series.rule} from ${series.start} in ${series.timeZone}`).toEqual(expected)
  }
})

test('looking ahead of any occurrence finds the rest of its vector', () => {
  for (const { occurrences: expected, ...series } of vectors.filter((_, index) => index % 10 === 0)) {
    const middle = Math.floor(expected.length / 2)
    const rest = expected.slice(middle + 1)
    const [byLocal, byInstant] = [expected[middle]?.local, expected[middle]?.instant]
    if (rest.length === 0) continue
    for (const after of [byLocal, byInstant]) {
      expect(likeVector(occurrences({ ...series, after, count: rest.length })), series.rule).toEqual(rest)
    }
  }
})

/**
 * Made with python-dateutil 2.9, mostly from parts that the shared vectors have few of. Rules on which dateutil is
 * wrong are left out: the week numbers of the days around New Year, which have a test of their own below.
 */
test('1,000 rules of several BY parts find the days that python-dateutil finds', () => {
  const file = new URL('vectors/dateutil-days.json.gz', import.meta.url)
  const rules = unpacked(file) as { rule: string; start: string; days: string[] }[]
  expect(rules).toHaveLength(1_000)
  for (const { rule, start, days } of rules) {
    const found = occurrences({ rule, start, timeZone: 'UTC', count: 12 }).map(({ local }) => local)
    expect(
      found.filter((local) => local < '2046'),
      `${rule} from ${start}`,
    ).toEqual(days)
  }
})

test.runIf(existsSync(shared))('the vectors kept here are the ones that everybody shares', () => {
  expect(JSON.parse(readFileSync(shared, 'utf8'))).toEqual(vectors)
})
