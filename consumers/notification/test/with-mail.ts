import { afterEach, beforeEach } from 'vitest'
import type { StateStore } from '@todo/platform/state-store'
import { startService } from './notification-service.ts'
import { TestMailServer } from './smtp-server.ts'

interface WithMail {
  server: TestMailServer
  service: Awaited<ReturnType<typeof startService>>
}

/** A service with a mail server for each test of a file. */
export function eachWithMail(state: StateStore, take: (given: WithMail) => void): void {
  let given: WithMail
  beforeEach(async () => {
    const server = new TestMailServer()
    given = { server, service: await startService({ state, smtpUrl: await server.listen() }) }
    take(given)
  })
  afterEach(async () => {
    await given.service.stop()
    await given.server.close()
  })
}
