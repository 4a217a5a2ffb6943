export interface DemoRoutine {
  title: string
  list: string
  rule: string
  anchor?: 'due' | 'completion'
  time: string | null
  /** Days from today of the first due date. */
  inDays: number
  tags: string[]
  priority: 'low' | 'medium' | 'high'
  reminderMinutes?: number
  /** Whether its first occurrence is done, so that there is history and a next one. */
  isPractised?: boolean
}

export const ROUTINES: DemoRoutine[] = [
  {
    title: 'Stretch for ten minutes',
    list: 'Health',
    rule: 'FREQ=DAILY',
    time: '07:30',
    inDays: 0,
    tags: ['health'],
    priority: 'low',
    isPractised: true,
  },
  {
    title: 'Water the plants on the balcony',
    list: 'Home',
    rule: 'FREQ=DAILY;INTERVAL=3',
    anchor: 'completion',
    time: '18:00',
    inDays: 0,
    tags: ['home', 'garden'],
    priority: 'medium',
  },
  {
    title: 'Pay the rent',
    list: 'Home',
    rule: 'FREQ=MONTHLY;BYMONTHDAY=1',
    time: '09:00',
    inDays: 8,
    tags: ['home', 'finance'],
    priority: 'high',
    reminderMinutes: 1_440,
  },
  {
    title: 'Team stand-up',
    list: 'Work',
    rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    time: '09:30',
    inDays: 0,
    tags: ['meeting'],
    priority: 'medium',
    reminderMinutes: 5,
  },
  {
    title: 'Weekly review',
    list: 'Work',
    rule: 'FREQ=WEEKLY;BYDAY=FR',
    time: '16:00',
    inDays: 3,
    tags: ['deep-work'],
    priority: 'high',
    reminderMinutes: 30,
  },
  {
    title: 'Put out the recycling',
    list: 'Home',
    rule: 'FREQ=WEEKLY;BYDAY=TU',
    time: '20:00',
    inDays: 1,
    tags: ['home'],
    priority: 'medium',
    reminderMinutes: 60,
  },
  {
    title: 'Back up the laptop',
    list: 'Home',
    rule: 'FREQ=MONTHLY;BYDAY=1SU',
    time: null,
    inDays: 12,
    tags: ['home'],
    priority: 'low',
  },
  {
    title: 'Renew the library card',
    list: 'Reading',
    rule: 'FREQ=YEARLY',
    time: null,
    inDays: -1,
    tags: ['reading'],
    priority: 'medium',
  },
]

/** Set by hand, since they are what a person sees first. */
export const TODAY = [
  {
    title: 'Send the Q4 budget to Priya',
    list: 'Work',
    inDays: -3,
    time: '17:00',
    priority: 'high',
    tags: ['finance'],
    subtasks: ['Collect the numbers', 'Check travel', 'Ask Jonas for marketing', 'Write the summary', 'Send it'],
    subtasksDone: 3,
  },
  {
    title: 'Dentist: confirm Thursday’s appointment',
    list: 'Health',
    inDays: 0,
    time: '11:30',
    priority: 'high',
    tags: ['appointments'],
    reminderMinutes: 15,
  },
  {
    title: 'Read chapter 7, “The log is the database”',
    list: 'Reading',
    inDays: 0,
    time: null,
    priority: 'low',
    tags: ['reading'],
  },
  {
    title: 'Book the tram tour through Alfama',
    list: 'Trip to Lisbon',
    inDays: 0,
    time: '15:00',
    priority: 'medium',
    tags: ['travel', 'booking'],
  },
  { title: 'Call Mum', list: null, inDays: 0, time: '19:00', priority: 'medium', tags: [] },
  { title: 'Buy a present for Zoë’s birthday', list: null, inDays: 1, time: null, priority: 'high', tags: ['errands'] },
  {
    title: 'Look up opening hours of the swimming pool',
    list: null,
    inDays: null,
    time: null,
    priority: 'low',
    tags: [],
  },
] as const

export const SAVED_VIEWS = [
  { name: 'High priority', query: 'priority=high' },
  { name: 'Waiting for', query: 'tags=waiting-for' },
]
