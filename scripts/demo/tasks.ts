import { occurrences } from '@todo/model/recurrence'
import { LISTS, NAMES, PLACES, THINGS, TOPICS } from './life.ts'
import type { DemoList } from './life.ts'
import { ROUTINES, TODAY } from './routines.ts'
import type { DemoRoutine } from './routines.ts'

/** A task of the demo, before it belongs to an account. */
export interface DemoTask {
  /** Stays the same from run to run: the task's id is made of it. */
  key: string
  list: string | null
  input: Record<string, unknown>
  isCompleted: boolean
}

interface Clock {
  today: Date
  timeZone: string
}

const COMPLETED_SHARE = 0.22
const UNDATED_SHARE = 0.3

/** Some 300 tasks, the same ones in every run; only the days move with the calendar. */
export function demoTasks(clock: Clock): DemoTask[] {
  const random = seededRandom(20_261_123)
  return [
    ...TODAY.map((task, index) => handmade(task, index, clock)),
    ...ROUTINES.map((routine) => routineTask(routine, clock)),
    ...LISTS.flatMap((list) => Array.from({ length: list.count }, (_, index) => ordinary(list, index, random, clock))),
  ]
}

/** Mulberry32: small, fast, and the same everywhere. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function ordinary(list: DemoList, index: number, random: () => number, clock: Clock): DemoTask {
  const isCompleted = random() < COMPLETED_SHARE
  const isDated = random() >= UNDATED_SHARE
  const days = isCompleted ? -Math.floor(random() * 30) : Math.floor(random() * 60) - 1
  const time =
    random() < 0.4 ? `${String(8 + Math.floor(random() * 11)).padStart(2, '0')}:${random() < 0.5 ? '00' : '30'}` : null
  const tags = list.tags.filter(() => random() < 0.3).slice(0, 2)
  const priority = random() < 0.15 ? 'high' : random() < 0.6 ? 'medium' : 'low'
  return {
    key: `${list.name} ${index}`,
    list: list.name,
    isCompleted,
    input: {
      title: filled(list.titles[index % list.titles.length]!, Math.floor(index / list.titles.length), index),
      notes: random() < 0.15 ? 'Started on this last week.\n\n- ask around\n- **decide** by Friday' : '',
      priority,
      tags,
      due: isDated ? dueIn(days, time, clock) : null,
      reminders: isDated && time && days > 1 && random() < 0.2 ? [{ kind: 'relative', minutesBefore: 30 }] : [],
    },
  }
}

/** Every round through the patterns takes the next name, topic, thing and place. */
function filled(pattern: string, round: number, index: number): string {
  return pattern
    .replace('{name}', NAMES[(round + index) % NAMES.length]!)
    .replace('{topic}', TOPICS[(round * 3 + index) % TOPICS.length]!)
    .replace('{thing}', THINGS[(round + index * 5) % THINGS.length]!)
    .replace('{place}', PLACES[(round + index) % PLACES.length]!)
    .replace('{n}', String(round + 1))
}

function routineTask(
  { title, list, rule, anchor = 'due', time, inDays, tags, priority, reminderMinutes }: DemoRoutine,
  clock: Clock,
): DemoTask {
  const reminders = reminderMinutes === undefined ? [] : [{ kind: 'relative', minutesBefore: reminderMinutes }]
  const due = firstDue(rule, dueIn(inDays, time, clock), clock)
  const input = { title, priority, tags, due, recurrence: { rule, anchor }, reminders }
  return { key: `routine ${title}`, list, input, isCompleted: false }
}

type Handmade = (typeof TODAY)[number]

function handmade(task: Handmade, index: number, clock: Clock): DemoTask {
  const { title, list, inDays, time, priority, tags } = task
  const subtasks =
    'subtasks' in task ? task.subtasks.map((name, at) => subtask(name, at < task.subtasksDone, clock)) : []
  const reminders = 'reminderMinutes' in task ? [{ kind: 'relative', minutesBefore: task.reminderMinutes }] : []
  const due = inDays === null ? null : dueIn(inDays, time, clock)
  return { key: `today ${index}`, list, input: { title, priority, tags, due, subtasks, reminders }, isCompleted: false }
}

function subtask(title: string, isDone: boolean, { today }: Clock) {
  return { title, completedAt: isDone ? new Date(today.getTime() - 86_400_000).toISOString() : null }
}

/** The first day of the rule from this one on: whoever puts the recycling out on Tuesdays has it due on one. */
function firstDue(rule: string, due: ReturnType<typeof dueIn>, { timeZone }: Clock) {
  const [first] = occurrences({ rule, start: due.date, timeZone, count: 1 })
  return { ...due, date: first?.local ?? due.date }
}

function dueIn(days: number, time: string | null, { today, timeZone }: Clock) {
  const day = new Date(today.getTime() + days * 86_400_000)
  const date = new Intl.DateTimeFormat('en-CA', { timeZone }).format(day)
  return { date, time, timeZone: time ? timeZone : null }
}
