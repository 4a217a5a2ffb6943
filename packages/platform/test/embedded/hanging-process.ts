// A process that takes an event and a job and never finishes them: it is there to be killed.
import { createLog } from '../../src/log.ts'
import { EmbeddedEventBus } from '../../src/embedded/event-bus.ts'
import { EmbeddedJobScheduler } from '../../src/embedded/job-scheduler.ts'
import { openWorkerPool } from '../../src/embedded/worker-pool.ts'
import { accountDeleted } from '../../src/testing/sample-events.ts'

const log = createLog('hanging', 'silent')
const pool = openWorkerPool(process.argv[2] ?? '', log)
const bus = new EmbeddedEventBus({ pool, log })
const scheduler = new EmbeddedJobScheduler({ pool, log })
const handling = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
const never = new Promise<void>(() => {})

bus.subscribe({
  consumer: 'audit',
  topic: 'task-events',
  names: ['account.deleted'],
  delivery: 'once',
  handle: () => {
    handling[0].resolve()
    return never
  },
})
scheduler.handle('backend', 'remind', () => {
  handling[1].resolve()
  return never
})
await Promise.all([bus.start(), scheduler.start()])
await bus.publish([accountDeleted()])
await scheduler.schedule('backend', { name: 'held', kind: 'remind', at: new Date(), data: {} })
await Promise.all(handling.map(({ promise }) => promise))
console.log('handling')
