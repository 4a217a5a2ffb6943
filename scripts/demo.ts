import { v5 as uuidv5 } from 'uuid'
import { inParts } from '@todo/model/in-parts'
import { readOptions } from '@todo/platform/command-options'
import { DemoAccount } from './demo/account.ts'
import { LISTS } from './demo/life.ts'
import { ROUTINES, SAVED_VIEWS } from './demo/routines.ts'
import { demoTasks } from './demo/tasks.ts'
import type { DemoTask } from './demo/tasks.ts'

const { values: options } = readOptions(
  {
    url: { type: 'string', default: process.env.PUBLIC_URL ?? `http://127.0.0.1:${process.env.PORT ?? 3000}` },
    email: { type: 'string', default: 'demo@example.org' },
    password: { type: 'string', default: 'demo demo demo' },
  },
  'npm run demo -- [--url http://127.0.0.1:3000] [--email demo@example.org] [--password "demo demo demo"]',
)

const AT_ONCE = 8

await fill().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})

/** Fills an account of the running app with a believable life. What an earlier run made is left as it is now. */
async function fill(): Promise<void> {
  const { url, email, password } = options
  await assertRunning(url)
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const account = await DemoAccount.open(url, { email, password, timeZone })
  const { id: userId } = await account.get<{ id: string }>('/me')
  const idOf = (key: string) => uuidv5(key, userId)
  const listIds = new Map(LISTS.map(({ name }) => [name, idOf(`list ${name}`)]))
  for (const { name, color } of LISTS) await account.create('/lists', { id: listIds.get(name), name, color })
  for (const view of SAVED_VIEWS) await account.create('/filters', { id: idOf(`view ${view.name}`), ...view })
  const tasks = demoTasks({ today: new Date(), timeZone })
  let made = 0
  for (const chunk of inParts(tasks, AT_ONCE)) {
    const done = await Promise.all(chunk.map((task) => makeTask(account, task, idOf(task.key), listIds)))
    made += done.filter(Boolean).length
  }
  await practise(account, idOf)
  console.log(
    `${made} tasks are new, ${tasks.length - made} were there. Sign in at ${url} as ${email} with "${password}".`,
  )
}

async function assertRunning(url: string): Promise<void> {
  const answers = await fetch(`${url}/livez`).then(
    ({ ok }) => ok,
    () => false,
  )
  if (!answers)
    throw new Error(`Nothing answers at ${url}: start the app with "npm start" first, or give its address with --url.`)
}

/** False when an earlier run has made it. */
async function makeTask(
  account: DemoAccount,
  { input, list, isCompleted }: DemoTask,
  id: string,
  listIds: Map<string, string>,
): Promise<boolean> {
  const place = list === null ? {} : { listId: listIds.get(list) }
  if (!(await account.create('/tasks', { id, ...input, ...place }))) return false
  if (isCompleted) await account.act(`/tasks/${id}/complete`)
  return true
}

/** Does the routines that have a history once: their next occurrence comes by itself. */
async function practise(account: DemoAccount, idOf: (key: string) => string): Promise<void> {
  for (const { title } of ROUTINES.filter(({ isPractised }) => isPractised)) {
    await account.act(`/tasks/${idOf(`routine ${title}`)}/complete`)
  }
}
