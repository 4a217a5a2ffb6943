import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below them are the ports of system services, and one that browsers do not speak to (10080). */
const LOWEST = 11_000
/** From here on systems take ports for outgoing connections, at any moment (ip(7), ip_local_port_range). */
const HIGHEST = 32_767

const handedOut = new Set<number>()

/**
 * A port of the loopback interface that is free, and stays free unless another program wants just this one: none that
 * the system gives away by itself, and none twice.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1)
    if (handedOut.has(port) || !(await isFree(port))) continue
    handedOut.add(port)
    return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
