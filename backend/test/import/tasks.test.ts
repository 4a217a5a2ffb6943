import { expect, test } from 'vitest'
import { calendar, event, fixture, only, options, read, reasons, todo } from './calendar-text.ts'

const ids = (text: string, userId = options.userId) => read(text, { userId }).tasks.map(({ importId }) => importId)

test('the same file twice has the same ids, for another person others', () => {
  const text = fixture('google-calendar')
  expect(ids(text)).toEqual(ids(text))
  expect(new Set([...ids(text), ...ids(text, 'user-2')]).size).toBe(6)
})

test('an occurrence keeps its id when its time is written in another way', () => {
  const moved = (recurrenceId: string) => event(recurrenceId, 'DTSTART:20270112T100000')
  const inUtc = ids(moved('RECURRENCE-ID:20270111T080000Z'))
  expect(ids(moved('RECURRENCE-ID;TZID=Europe/Berlin:20270111T090000'))).toEqual(inUtc)
  expect(ids(moved('RECURRENCE-ID;VALUE=DATE:20270111'))).not.toEqual(inUtc)
})

test('without a UID a task is known by what it says', () => {
  const task = (title: string) => calendar('BEGIN:VTODO', `SUMMARY:${title}`, 'END:VTODO')
  expect(ids(task('a'))).toEqual(ids(task('a')))
  expect(ids(task('a'))).not.toEqual(ids(task('b')))
})

test('of two versions of one task the newer is kept, in whichever order, even from two calendars of the file', () => {
  const version = (sequence: number) => todo(`SEQUENCE:${sequence}`, `LOCATION:${sequence}`)
  for (const text of [version(1) + version(2), version(2) + version(1)]) {
    expect(only(text).task.notes).toBe('Location: 2')
    expect(reasons(text)).toHaveLength(1)
  }
  expect(reasons(version(1) + version(2))).toEqual(['3: is there again with the same UID in line 12'])
})

test('a title that is too long is cut, and whole on top of the notes', () => {
  const long = 'word '.repeat(120).trim()
  const text = calendar('BEGIN:VTODO', `SUMMARY:${long}`, 'DESCRIPTION:More', 'END:VTODO')
  const { task } = only(text)
  expect(task.title).toHaveLength(500)
  expect(task.title.endsWith('…')).toBe(true)
  expect(task.notes).toBe(`${long}\n\nMore`)
  expect(reasons(text)).toEqual(['4: a title has at most 500 characters: the whole one is on top of the notes'])
})

test('a task without a title has one, and notes that are too long are cut; both are named', () => {
  const text = calendar('BEGIN:VTODO', `DESCRIPTION:${'x'.repeat(50_001)}`, 'END:VTODO')
  expect(only(text).task).toMatchObject({ title: '(no title)', notes: 'x'.repeat(50_000) })
  expect(reasons(text)).toEqual([
    '3: has no SUMMARY: the task is called (no title)',
    '4: notes have at most 50000 characters: the rest was cut off',
  ])
})

test('what has no field of its own is in the notes', () => {
  const lines = [
    'LOCATION:Room\\, 4',
    'URL:https://a.example',
    'CONTACT:Bob',
    'COMMENT:Late',
    'COMMENT:Again',
    'CONFERENCE:tel:1',
  ]
  expect(only(todo('DESCRIPTION:Text', ...lines)).task.notes).toBe(
    'Text\n\nLocation: Room, 4\nLink: https://a.example\nConference: tel:1\nContact: Bob\nComment: Late\nComment: Again',
  )
  expect(reasons(todo(...lines))).toEqual([])
})

test('the character NUL, which no database takes, is left out and named', () => {
  expect(only(todo('DESCRIPTION:a\u0000b')).task.notes).toBe('ab')
  expect(reasons(todo('DESCRIPTION:a\u0000b'))).toEqual([
    '6: it has the character NUL, which no text can have here: it was left out',
  ])
})

test('notes are never cut in the middle of a character', () => {
  expect(only(todo(`DESCRIPTION:${'x'.repeat(49_999)}🍪`)).task.notes).toBe('x'.repeat(49_999))
})

test('a category that is no tag is told as what it became', () => {
  expect(only(todo('CATEGORIES:Work Stuff,A\\,B')).task.tags).toEqual(['Work-Stuff', 'A-B'])
  expect(reasons(todo('CATEGORIES:Work Stuff,A\\,B'))).toEqual([
    '6: a tag is one word: “Work Stuff” became Work-Stuff',
    '6: a tag is one word: “A,B” became A-B',
  ])
})

test.each([
  ['CATEGORIES:Home,#urgent', ['Home', 'urgent']],
  ['CATEGORIES:home,HOME', ['home']],
  ['CATEGORIES:', []],
  ['CATEGORIES:#,  ', []],
])('%s are the tags %j', (line, tags) => {
  expect(only(todo(line)).task.tags).toEqual(tags)
  expect(reasons(todo(line))).toEqual([])
})

test('tags that are too long or too many are named', () => {
  const names = Array.from({ length: 32 }, (_, index) => `t${index}`).join()
  expect(reasons(todo(`CATEGORIES:${'x'.repeat(51)}`))).toEqual([
    expect.stringMatching(/^6: a tag has at most 50 characters/),
  ])
  expect(only(todo(`CATEGORIES:${'x'.repeat(51)}`)).task.tags).toEqual([`${'x'.repeat(49)}…`])
  expect(reasons(todo(`CATEGORIES:${names}`))).toEqual([
    '6: a task has at most 30 tags: t30 and what follows is left out',
  ])
})

test.each([
  ['', 'medium'],
  ['PRIORITY:', 'medium'],
  ['PRIORITY:0', 'medium'],
  ['PRIORITY:1', 'high'],
  ['PRIORITY:4', 'high'],
  ['PRIORITY:5', 'medium'],
  ['PRIORITY:6', 'low'],
  ['PRIORITY:9', 'low'],
])('%j is priority %s', (line, priority) => {
  expect(only(todo(line)).task.priority).toBe(priority)
  expect(reasons(todo(line))).toEqual([])
})

test('a priority that is none is named', () => {
  expect(reasons(todo('PRIORITY:high'))).toEqual(['6: PRIORITY must be 0 to 9'])
})

test.each([
  [['STATUS:COMPLETED', 'COMPLETED:20261101T080000Z'], '2026-11-01T08:00:00.000Z'],
  [['COMPLETED:20261101T080000Z'], '2026-11-01T08:00:00.000Z'],
  [['COMPLETED;VALUE=DATE:20261101'], '2026-10-31T23:00:00.000Z'],
  [['PERCENT-COMPLETE:100', 'LAST-MODIFIED:20261102T080000Z'], '2026-11-02T08:00:00.000Z'],
  [['STATUS:COMPLETED', 'LAST-MODIFIED:00010101T000000', 'DTSTAMP:20261103T080000Z'], '2026-11-03T08:00:00.000Z'],
  [['STATUS:COMPLETED'], '2026-12-01T08:00:00.000Z'],
  [['STATUS:NEEDS-ACTION', 'PERCENT-COMPLETE:0'], null],
])('a task with %j was completed at %s', (lines, completedAt) => {
  expect(only(todo(...lines)).completedAt).toBe(completedAt)
  expect(reasons(todo(...lines))).toEqual([])
})

test.each([
  [['STATUS:NEEDS-ACTION', 'COMPLETED:20261101T080000Z'], ['7: STATUS:NEEDS-ACTION says that it is open']],
  [['STATUS:COMPLETED', 'COMPLETED:yes'], ['7: is not a time, such as 20261201T080000Z']],
  [['STATUS:WAITING'], ['6: WAITING is no state of a task: it is open']],
  [['STATUS:CONFIRMED'], []],
  [['STATUS:IN-PROCESS'], ['6: a task is open or completed, nothing between']],
  [['DUE:20260101', 'RRULE:FREQ=DAILY', 'STATUS:COMPLETED'], ['7: the task is completed, so it repeats no more']],
])('of %j the report says %j', (lines, expected) => {
  expect(reasons(todo(...lines))).toEqual(expected)
})

test('what was cancelled is no task, and is named', () => {
  const text = todo('STATUS:CANCELLED')
  expect(read(text)).toEqual({
    tasks: [],
    notKept: [{ line: 3, content: 'BEGIN:VTODO Call', reason: 'it was cancelled, so there is nothing to do' }],
  })
})

test('what is neither task nor event is named with its title', () => {
  const parts = ['VJOURNAL', 'VFREEBUSY', 'VAVAILABILITY', 'X-THING'].flatMap((name) => [
    `BEGIN:${name}`,
    'SUMMARY:Diary',
    `END:${name}`,
  ])
  expect(read(calendar(...parts)).notKept).toEqual([
    { line: 3, content: 'BEGIN:VJOURNAL Diary', reason: 'a journal entry is not a task' },
    { line: 6, content: 'BEGIN:VFREEBUSY Diary', reason: 'times that are free or busy are not tasks' },
    { line: 9, content: 'BEGIN:VAVAILABILITY Diary', reason: 'times of availability are not tasks' },
    { line: 12, content: 'BEGIN:X-THING Diary', reason: 'X-THING is not a task' },
  ])
})

test('a property that no task can hold is named, one that says nothing is not', () => {
  const nothing = [
    'DTSTAMP:20260101T000000Z',
    'SEQUENCE:1',
    'X-MOZ-LASTACK:20260101T000000Z',
    'ATTENDEE:',
    'TRANSP:OPAQUE',
  ]
  expect(reasons(todo(...nothing))).toEqual([])
  expect(reasons(todo('COLOR:turquoise'))).toEqual(['6: a task has the colour of its list, and none of its own'])
  expect(reasons(todo('GEO:1;2', 'X-OWN:content', 'LINK:https://a.example', 'X-ALT-DESC:<p>only here</p>'))).toEqual([
    '6: a task has no coordinates; a LOCATION would be in its notes',
    '7: is an extension of the program that wrote the file',
    '8: LINK has no place in a task',
    '9: is an extension of the program that wrote the file',
  ])
})

const task = (uid: string, ...lines: string[]) => ['BEGIN:VTODO', `UID:${uid}`, `SUMMARY:${uid}`, ...lines, 'END:VTODO']
const titles = (text: string) =>
  read(text).tasks.map((one) => [one.task.title, one.task.subtasks.map(({ title }) => title)])

test('a parent may name its child, or the child its parent', () => {
  const text = calendar(
    ...task('a', 'RELATED-TO;RELTYPE=CHILD:b'),
    ...task('b', 'RELATED-TO:a'),
    ...task('c', 'RELATED-TO:a'),
  )
  expect(titles(text)).toEqual([['a', ['b', 'c']]])
  expect(reasons(text)).toEqual([])
})

test('a subtask keeps its id, so that importing again changes nothing', () => {
  const text = calendar(...task('a'), ...task('b', 'RELATED-TO:a'))
  const [alone] = read(calendar(...task('b'))).tasks
  expect(only(text).task.subtasks[0]?.id).toBe(alone?.importId)
})

test('a subtask with subtasks is a task, also where tasks belong to each other in a circle', () => {
  const deep = calendar(...task('a'), ...task('b', 'RELATED-TO:a'), ...task('c', 'RELATED-TO:b'))
  expect(titles(deep)).toEqual([
    ['a', []],
    ['b', ['c']],
  ])
  const circle = calendar(...task('a', 'RELATED-TO:b'), ...task('b', 'RELATED-TO:a'))
  expect(titles(circle)).toEqual([
    ['a', []],
    ['b', []],
  ])
  expect(reasons(circle)).toHaveLength(2)
})

test.each([
  [['RELATED-TO:b'], '6: the task that it belongs to is not in the file'],
  [['RELATED-TO:1'], '6: the task that it belongs to is not in the file'],
  [['RELATED-TO;RELTYPE=SIBLING:b'], '6: tasks are not related as SIBLING here'],
])('of %j the report says %s', (lines, reason) => {
  expect(reasons(todo(...lines))).toEqual([reason])
})

test('a child of two belongs to the first, and what it has besides its title is named', () => {
  const text = calendar(...task('a'), ...task('b'), ...task('c', 'RELATED-TO:a', 'RELATED-TO:b'))
  expect(reasons(text)).toEqual(['15: a subtask belongs to one task: the first is kept'])
  const rich = calendar(...task('a'), ...task('b', 'RELATED-TO:a', 'PRIORITY:1', 'CATEGORIES:x', 'DESCRIPTION:y'))
  expect(reasons(rich)).toEqual([
    '10: it has notes, tags, a priority, which a subtask cannot have: it became a task of its own',
  ])
})

test('a task has at most 200 subtasks', () => {
  const children = Array.from({ length: 201 }, (_, index) => task(`c${index}`, 'RELATED-TO:a')).flat()
  expect(reasons(calendar(...task('a'), ...children))).toEqual([
    expect.stringContaining('a task has at most 200 subtasks'),
  ])
})
