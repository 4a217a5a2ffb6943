import { describe, expect, test } from 'vitest'
import {
  filterParams,
  parseFilters,
  readSearch,
  savableParams,
  writeSearch,
} from '../src/features/views/view-filters.ts'

const through = (search: string) => writeSearch(filterParams(parseFilters(readSearch(search))))

describe('the address of a view', () => {
  test.each([
    '?tags=home,finance&match=all&priority=high,medium',
    '?list=l1,l2&state=all&due=week&sort=priority&order=asc',
    '?due=2026-11-01..2026-11-30&sort=title',
    '?due=2026-11-01..',
    '?due=..2026-11-30',
    '?q=dentist+%26+co&done=shown&task=t1',
    '?recurring=yes',
    '?state=completed&sort=completed&order=asc',
  ])('says everything that the filters hold: %s', (search) => {
    expect(new URLSearchParams(through(search))).toEqual(new URLSearchParams(search))
  })

  test('opens although parts of it make no sense', () => {
    expect(parseFilters(readSearch('?priority=urgent&due=someday&sort=colour&state=maybe&tags=,&x=1'))).toEqual({})
  })

  test('is not sorted by completion where not all are completed', () => {
    expect(parseFilters({ state: 'all', sort: 'completed' })).toEqual({ state: 'all' })
  })

  test('keeps a priority once, in the order of importance', () => {
    expect(parseFilters({ priority: 'low,high,low' }).priorities).toEqual(['high', 'low'])
  })

  test('does not say any or all of a single tag', () => {
    expect(filterParams({ tags: ['home'], tagMatch: 'all' })).toEqual({ tags: 'home' })
  })

  test('can be read by a person: commas and dates stay as they are', () => {
    expect(writeSearch({ tags: 'a,b', due: '2026-11-01..2026-11-30' })).toBe('?tags=a,b&due=2026-11-01..2026-11-30')
  })

  test('is saved as a filter without the open task and what is unfolded', () => {
    expect(savableParams(parseFilters({ tags: 'home', task: 't1', done: 'shown' }))).toBe('tags=home')
  })
})
