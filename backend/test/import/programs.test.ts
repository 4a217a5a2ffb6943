import { expect, test } from 'vitest'
import { imported } from './calendar-text.ts'

const plain = { notes: '', priority: 'medium', tags: [], due: null, recurrence: null, reminders: [], subtasks: [] }

const OWN_NAME = 'the tasks go into the list that you chose, which keeps its name'

test('Apple Reminders: a monthly task with its alarm, a completed one, and one that reminds at a place', () => {
  expect(imported('apple-reminders')).toEqual({
    tasks: [
      {
        ...plain,
        title: 'Pay the rent',
        notes: 'Reference 4711\nIBAN in the folder\n\nLink: https://bank.example/rent',
        priority: 'high',
        due: { date: '2026-12-31', time: '09:00', timeZone: 'Europe/Berlin' },
        recurrence: {
          rule: 'FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1',
          anchor: 'due',
          start: '2026-12-31T09:00',
          exceptions: [],
          additions: [],
        },
        reminders: [{ kind: 'absolute', at: '2026-12-31T08:00:00.000Z' }],
        completedAt: null,
        line: 25,
      },
      { ...plain, title: 'Buy flour', completedAt: '2026-11-15T17:30:00.000Z', line: 48 },
      { ...plain, title: 'Pick up the parcel', completedAt: null, line: 56 },
    ],
    notKept: [`4: ${OWN_NAME}`, '64: reminding at a place is not supported'],
  })
})

test('Google Calendar: a weekly event stands at its next date, moved and cancelled ones are left out of it', () => {
  const { tasks, notKept } = imported('google-calendar')
  expect(tasks).toEqual([
    {
      ...plain,
      title: 'Team stand-up',
      notes: [
        'Weekly round, then coffee; bring notes\n',
        'Location: Room 4, 2nd floor',
        'Conference: https://meet.google.com/abc-defg-hij',
        'Lasts: 45 min',
      ].join('\n'),
      due: { date: '2026-12-28', time: '09:30', timeZone: 'America/New_York' },
      recurrence: {
        rule: 'FREQ=WEEKLY;WKST=SU;UNTIL=20270301T045959Z;BYDAY=MO',
        anchor: 'due',
        start: '2026-03-02T09:30',
        exceptions: ['2026-04-06T09:30', '2026-12-07T09:30', '2026-12-14T09:30', '2026-12-21T09:30'],
        additions: [],
      },
      reminders: [{ kind: 'relative', minutesBefore: 10 }],
      completedAt: null,
      line: 8,
    },
    {
      ...plain,
      title: 'Team stand-up (moved)',
      notes: 'Lasts: 1 h',
      due: { date: '2026-12-15', time: '15:00', timeZone: 'America/New_York' },
      completedAt: null,
      line: 34,
    },
    {
      ...plain,
      title: 'Bake cookies 🍪',
      due: { date: '2026-12-24', time: null, timeZone: null },
      reminders: [{ kind: 'relative', minutesBefore: 1_440 }],
      completedAt: null,
      line: 52,
    },
  ])
  expect(notKept).toEqual([
    `6: ${OWN_NAME}`,
    '15: a task has no organizer',
    '17: a task has no attendees',
    '65: a reminder goes to yourself, not to others',
  ])
})

test('Outlook: Windows zones, a zone of its own with known offsets, a zone by its cities, a rule that repeats its time', () => {
  const { tasks, notKept } = imported('outlook')
  expect(tasks).toMatchObject([
    {
      title: 'Review',
      notes: 'Quarterly figures\nSee the sheet\n\nLasts: 1 h 30 min',
      tags: ['Big-Client', 'Finance'],
      due: { date: '2026-12-10', time: '10:30', timeZone: 'Europe/Berlin' },
      recurrence: { rule: 'FREQ=MONTHLY;BYDAY=2TH', start: '2026-12-10T10:30' },
      reminders: [{ kind: 'relative', minutesBefore: 15 }],
    },
    { title: 'Call New York', due: { date: '2026-12-11', time: '10:00', timeZone: 'America/New_York' } },
    { title: 'Call Tokyo', due: { date: '2026-12-12', time: '10:00', timeZone: 'Asia/Tokyo' } },
  ])
  expect(notKept).toEqual([
    '37: a task is seen by those who see its list: put it into a list of your own',
    '45: a tag is one word: “Big Client” became Big-Client',
    '63: the time zone Customized Time Zone is not known by name: it was taken for America/New_York, which has the same offsets',
    '67: a task has no attachments',
  ])
})

test('Thunderbird: Mozilla’s zone ids, alarms from the start, a start and a length', () => {
  const { tasks, notKept } = imported('thunderbird')
  expect(tasks).toMatchObject([
    {
      title: 'Water the plants',
      notes: 'Starts: 2026-12-05 18:00',
      priority: 'low',
      tags: ['Home', 'garden-work'],
      due: { date: '2026-12-05', time: '19:00', timeZone: 'Europe/Berlin' },
      recurrence: { rule: 'FREQ=DAILY;INTERVAL=3', start: '2026-12-05T19:00' },
      reminders: [{ kind: 'relative', minutesBefore: 75 }],
    },
    {
      title: 'Read the manual',
      notes: 'Starts: 2026-12-01 09:00',
      due: { date: '2026-12-03', time: '12:00', timeZone: 'Europe/Berlin' },
    },
  ])
  expect(notKept).toEqual([
    '21: a task is open or completed, nothing between',
    '22: a task is open or completed, nothing between',
    '24: a tag is one word: “garden work” became garden-work',
    '36: a task that repeats can be reminded of up to a year before it is due, and not after',
  ])
})

test('Nextcloud Tasks: children become subtasks, unless they have more than a subtask can', () => {
  const { tasks, notKept } = imported('nextcloud-tasks')
  expect(tasks).toMatchObject([
    {
      title: 'Move house',
      due: { date: '2026-12-20', time: null },
      subtasks: [
        { title: 'Rent a van', completedAt: null },
        { title: 'Find boxes', completedAt: '2026-11-22T09:15:00.000Z' },
      ],
    },
    { title: 'Sign the contract', due: { date: '2026-12-18', time: '12:00', timeZone: 'Europe/Berlin' } },
    { title: 'Call mum' },
  ])
  expect(notKept).toEqual([
    '12: a task cannot be pinned',
    '34: it has a due date, which a subtask cannot have: it became a task of its own',
    '40: the task that it belongs to is not in the file',
  ])
})

test('Tasks.org: due a day after the start, whose exception moves along', () => {
  const { tasks, notKept } = imported('tasks-org')
  expect(tasks).toMatchObject([
    {
      title: 'Take out the bins',
      notes: 'Starts: 2026-12-02 09:00',
      priority: 'low',
      due: { date: '2026-12-03', time: '17:00', timeZone: 'Europe/Berlin' },
      recurrence: { rule: 'FREQ=WEEKLY;INTERVAL=2', start: '2026-12-03T17:00', exceptions: ['2026-12-17T17:00'] },
      reminders: [
        { kind: 'relative', minutesBefore: 0 },
        { kind: 'absolute', at: '2026-12-03T10:00:00.000Z' },
      ],
    },
  ])
  expect(notKept).toEqual([
    '14: times are to the minute here: the seconds were left out',
    '17: a task has no coordinates; a LOCATION would be in its notes',
  ])
})

test('Todoist: a time in UTC is on the person’s clock, an hourly rule is named', () => {
  const { tasks, notKept } = imported('todoist')
  expect(tasks).toMatchObject([
    { title: 'Send the invoice', due: { date: '2026-12-04', time: '09:00', timeZone: 'Europe/Berlin' } },
    { title: 'Plan the week', due: { date: '2026-12-06', time: null }, recurrence: null },
  ])
  expect(notKept).toEqual([
    `4: ${OWN_NAME}`,
    '20: it does not repeat here: FREQ=HOURLY repeats more often than daily: FREQ=DAILY is the most often',
  ])
})
