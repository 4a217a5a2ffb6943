import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const brokers = process.env.BROKERS.split(',').map((broker) => broker.trim().split(':'))

const answers = ([host, port]) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 })
    for (const [event, isThere] of Object.entries({ connect: true, error: false, timeout: false }))
      socket.once(event, () => resolve(isThere) || socket.destroy())
  })

for (let tries = 0; !(await Promise.all(brokers.map(answers))).includes(true); tries += 1) {
  if (tries % 30 === 0) console.log(`waiting for a broker at ${process.env.BROKERS}`)
  await delay(1_000)
}
