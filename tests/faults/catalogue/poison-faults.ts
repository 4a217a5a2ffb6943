import { randomUUID } from 'node:crypto'
import { Producer } from '@platformatic/kafka'
import { topicSettings } from '@todo/topics/topics'
import type { Topic } from '@todo/model/events'
import type { Task } from '@todo/model/task'
import { letterKey } from '@todo/platform/letter-key'
import { CONSUMERS } from '@todo/platform/dapr/topics'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { Fault, Scene, Struck } from '../support/fault.ts'
import { replayDeadLetter } from '../support/dead-letters-command.ts'

const PARTITIONS = topicSettings()[0]!.partitions
const MIB = 1024 * 1024
/** Nobody else waits longer than this for what was given up at once. */
const AT_ONCE_MS = 10_000
/** Of so many, hardly all are in one partition. */
const OTHERS = 8
/** 20 tries of 20 s, and the pauses between them (`dapr/components/events.yaml`). */
const HANGING_MS = 12 * 60_000

interface Poison {
  topic: Topic
  value: string
  /** Who gives it up; others do not read it. */
  consumers: readonly string[]
}

export const POISON_FAULTS: Fault[] = [
  poisonFault('what is no JSON', () => brokenJson('task-events')),
  poisonFault('what is no JSON, among the reminders', () => brokenJson('reminders')),
  poisonFault('an unknown type', () => unknown('todo.task.exploded.v1')),
  poisonFault('an unknown version', () => unknown('todo.task.created.v9')),
  poisonFault('1 MiB that is no event of its type', tooLarge),
  { kind: 'poison', name: 'a handler that hangs', replicas: 1, seconds: HANGING_MS / 1_000, strike: hangingHandler },
]

function poisonFault(what: string, make: () => Poison): Fault {
  const strike = (scene: Scene) => poison(scene, make())
  return { kind: 'poison', name: `poison: ${what}`, replicas: 1, seconds: 2, strike }
}

function brokenJson(topic: Topic): Poison {
  return { topic, value: `{"specversion":"1.0","id":"${randomUUID()}"`, consumers: CONSUMERS[topic] }
}

function unknown(type: string): Poison {
  return { topic: 'task-events', value: JSON.stringify(eventOf(type, {})), consumers: CONSUMERS['task-events'] }
}

function tooLarge(): Poison {
  const value = JSON.stringify(eventOf('todo.task.completed.v1', { title: 'x'.repeat(MIB) }))
  return { topic: 'task-events', value, consumers: ['recurring-task', 'audit'] }
}

function eventOf(type: string, data: object): Record<string, unknown> {
  const subject = randomUUID()
  const envelope = { specversion: '1.0', id: randomUUID(), source: '/poison', type, subject, partitionkey: subject }
  return { ...envelope, time: new Date().toISOString(), datacontenttype: 'application/json', data }
}

/** Into every partition: whatever is behind it there has to wait. */
async function poison({ app }: Scene, { topic, value, consumers }: Poison): Promise<Struck> {
  const producer = new Producer({ clientId: 'poison', bootstrapBrokers: [await app.brokers()] })
  const message = { topic, key: Buffer.from(randomUUID()), value: Buffer.from(value) }
  try {
    for (let partition = 0; partition < PARTITIONS; partition++) {
      await producer.send({ messages: [{ ...message, partition }] })
    }
  } finally {
    await producer.close()
  }
  const key = letterKey(contentOf(value))
  const letters = consumers.map((consumer) => `${consumer} ${key}`)
  await lettersThere(app, letters, AT_ONCE_MS)
  return { point: `in ${PARTITIONS} partitions; ${letters.length} letters`, letters }
}

function contentOf(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

async function lettersThere(app: Scene['app'], letters: string[], timeoutMs: number): Promise<void> {
  const areThere = async () => {
    const { rows } = await app.database.query<{ letter: string }>(
      `select consumer || ' ' || event_id as letter from platform.dead_letter where consumer || ' ' || event_id = any($1)`,
      [letters],
    )
    return rows.length === letters.length
  }
  await pollUntil(areThere, { timeoutMs, intervalMs: 100, what: `the dead letters ${letters.join(', ')}` })
}

/** Its partition waits for as long as its tries take; then it is a letter, and goes through when it is given back. */
async function hangingHandler(scene: Scene): Promise<Struck> {
  const { app, load, people } = scene
  const task = (await load.ask(people.recur())) as Task
  await app.orders.publish({ how: 'hangs', service: 'recurring-task', subject: task.id })
  try {
    await load.ask(people.completeTask(task.id))
    const startedAt = Date.now()
    await othersGoOn(scene, task.id)
    const letter = await pollUntil(() => letterOf(app, task.id), {
      timeoutMs: HANGING_MS,
      intervalMs: 1_000,
      what: 'its dead letter',
    })
    const seconds = Math.round((Date.now() - startedAt) / 1_000)
    await app.orders.publishAsEver()
    await replayDeadLetter(app.dataFolder, letter)
    return { point: `given up after ${seconds} s, and handled when it was given back` }
  } finally {
    await app.orders.publishAsEver()
  }
}

/** What does not share the partition does not wait. @throws otherwise */
async function othersGoOn({ app, load, people, topics }: Scene, hanging: string): Promise<void> {
  const ids: string[] = []
  for (let count = 0; count < OTHERS; count++) {
    const { id } = (await load.ask(people.recur())) as Task
    await load.ask(people.completeTask(id))
    ids.push(id)
  }
  const brokers = await app.brokers()
  await pollUntil(async () => (await topics.readOn(brokers)) >= 0 && ids.every((id) => topics.partitions.has(id)), {
    timeoutMs: AT_ONCE_MS,
    what: 'all of them are in the topics',
  })
  const elsewhere = ids.filter((id) => topics.partitions.get(id) !== topics.partitions.get(hanging))
  if (elsewhere.length === 0) throw new Error('all tasks are in the partition of the one that hangs')
  const haveNext = async () => {
    const { rows } = await app.database.query<{ id: string }>(
      `select t.id from task t where t.id = any($1) and exists (
         select from task n where n.series_id = t.series_id and n.occurrence_number = t.occurrence_number + 1)`,
      [elsewhere],
    )
    return rows.length === elsewhere.length
  }
  await pollUntil(haveNext, {
    timeoutMs: AT_ONCE_MS,
    intervalMs: 100,
    what: 'those in other partitions have their next',
  })
}

/** Its number, once it is there. */
async function letterOf(app: Scene['app'], taskId: string): Promise<string | undefined> {
  const { rows } = await app.database.query<{ id: string }>(
    `select id::text from platform.dead_letter where consumer = 'recurring-task' and event->>'subject' = $1`,
    [taskId],
  )
  return rows[0]?.id
}
