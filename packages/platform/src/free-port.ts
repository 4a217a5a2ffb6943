import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Server } from 'node:net'

/** Below them are the ports of system services, and one that browsers do not speak to (10080). */
const LOWEST = 11_000
/** From here on systems take ports for outgoing connections, at any moment (ip(7), ip_local_port_range). */
const HIGHEST = 32_767

const reserved = new Set<number>()

/**
 * A port of the loopback interface that is free, and stays free unless a program that does not ask here wants just this
 * one: none that the system gives away by itself, and none twice, in this process or another, for as long as it runs.
 * Both bounds are among the ports it may be.
 */
export async function freePort(lowest = LOWEST, highest = HIGHEST): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest + 1)
    if ((await reserve(port)) && (await isFree(port))) return port
  }
}

/**
 * Between choosing a port and listening at it a program may take seconds, and again when it is started anew. A socket
 * without a file, which goes with its process however that ends, tells the others; only Linux has them.
 */
async function reserve(port: number): Promise<boolean> {
  if (reserved.has(port)) return false
  if (process.platform === 'linux') {
    const socket = createServer().listen(`\0todo-cloud/port/${port}`)
    if (!(await isListening(socket))) return false
    socket.unref()
  }
  reserved.add(port)
  return true
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  if (!(await isListening(server))) return false
  server.close()
  await once(server, 'close')
  return true
}

function isListening(server: Server): Promise<boolean> {
  return once(server, 'listening').then(
    () => true,
    () => false,
  )
}
