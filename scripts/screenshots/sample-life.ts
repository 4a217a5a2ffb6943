import type { Person } from '../../tests/acceptance/support/person.ts'

/** The moment of all pictures, so that they are the same whenever they are taken; far ahead, so that no reminder rings. */
export const MOMENT = '2028-05-15T08:40:00Z'
export const DAY = '2028-05-15'

const LISTS = [
  { name: 'Work', color: 'blue' },
  { name: 'Home', color: 'amber' },
  { name: 'Trip to Lisbon', color: 'teal' },
  { name: 'Reading', color: 'violet' },
]

const SAMPLE = [
  {
    list: 'Home',
    title: 'Renew the passport before summer',
    due: { date: '2028-05-12' },
    priority: 'high',
    tags: ['errands'],
  },
  { list: 'Work', title: 'Send the invoice to Marta', due: { date: '2028-05-14' }, tags: ['money'] },
  {
    list: 'Work',
    title: 'Prepare the quarterly review',
    priority: 'high',
    tags: ['focus', 'team'],
    due: { date: '2028-05-15', time: '10:30' },
    recurrence: { rule: 'FREQ=MONTHLY', anchor: 'due' },
    reminders: [{ kind: 'relative', minutesBefore: 15 }],
    notes:
      'Start with **what changed** since February:\n\n- revenue by region, from [the sheet](https://example.org/q2)\n- two risks, one decision\n\n> Short enough for one page.',
    subtasks: [
      { title: 'Collect the numbers', isDone: true },
      { title: 'Draft three slides', isDone: true },
      { title: 'Ask Priya for the churn figures' },
      { title: 'Rehearse once' },
    ],
  },
  { list: 'Work', title: 'Answer the design feedback', due: { date: '2028-05-15', time: '14:00' }, tags: ['team'] },
  {
    list: 'Home',
    title: 'Water the plants',
    priority: 'low',
    due: { date: '2028-05-15' },
    recurrence: { rule: 'FREQ=WEEKLY;BYDAY=MO,TH', anchor: 'completion' },
  },
  {
    list: 'Home',
    title: 'Call Grandma',
    due: { date: '2028-05-15', time: '18:30' },
    priority: 'medium',
    reminders: [{ kind: 'relative', minutesBefore: 0 }],
    recurrence: { rule: 'FREQ=WEEKLY', anchor: 'due' },
    tags: ['family'],
  },
  {
    list: 'Home',
    title: 'Groceries for the week',
    due: { date: '2028-05-15' },
    tags: ['errands'],
    subtasks: [{ title: 'Oat milk', isDone: true }, { title: 'Apples' }, { title: 'Coffee beans' }],
  },
  { list: 'Inbox', title: 'Back up the photos', due: { date: '2028-05-15' }, priority: 'low' },
  {
    list: 'Trip to Lisbon',
    title: 'Book the night train',
    due: { date: '2028-05-16' },
    priority: 'high',
    tags: ['travel'],
  },
  {
    list: 'Trip to Lisbon',
    title: 'Reserve a table for four',
    due: { date: '2028-05-19', time: '12:00' },
    tags: ['travel', 'family'],
  },
  { list: 'Trip to Lisbon', title: 'Learn ten words of Portuguese', priority: 'low' },
  { list: 'Work', title: 'Plan the June release', due: { date: '2028-05-17', time: '09:00' }, tags: ['focus'] },
  { list: 'Work', title: 'Pay the quarterly taxes', due: { date: '2028-05-23' }, priority: 'high', tags: ['money'] },
  { list: 'Reading', title: 'The Design of Everyday Things', priority: 'low' },
  { list: 'Reading', title: 'A Philosophy of Software Design' },
  { list: 'Inbox', title: 'Idea: a reading corner by the window' },
] as const

const PROFILE = { defaultReminder: 15, quietHours: { from: '22:00', to: '07:00' }, digestAt: '07:30' }

const CHANNELS = [
  {
    kind: 'web-push',
    name: 'Firefox on Android',
    endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/sample',
    keys: {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
  },
  { kind: 'webhook', name: 'Home automation', url: 'https://hooks.example.org/todo' },
  { kind: 'ntfy', name: 'Kitchen tablet', server: 'https://ntfy.sh', topic: 'kitchen-81c2' },
]

/** Fills an account with a few days of somebody's life. */
export async function fillSampleLife(person: Person): Promise<void> {
  const ids = new Map<string, string>()
  for (const list of LISTS) ids.set(list.name, (await person.ok('POST', '/lists', list)).id)
  for (const { list, ...task } of SAMPLE) {
    const subtasks = 'subtasks' in task ? task.subtasks.map(subtask) : []
    const listId = ids.get(list)
    await person.createTask({ ...task, subtasks, ...(listId && { listId }) })
  }
  await person.ok('PATCH', '/me', PROFILE)
  for (const channel of CHANNELS) await person.ok('POST', '/channels', channel)
  await person.ok('POST', '/filters', { name: 'Focus, high first', query: 'tags=focus&sort=priority' })
}

function subtask({ title, isDone }: { title: string; isDone?: boolean }) {
  return isDone ? { title, completedAt: MOMENT } : { title }
}
