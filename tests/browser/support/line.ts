import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'

/** The line between a browser and the app, which can be cut as a cable is. */
export interface Line {
  url: string
  /** Breaks what is open, and refuses what is tried. */
  cut: () => void
  /** Lets what streams now die without a word; what is opened later goes through. */
  silence: () => void
  mend: () => void
  close: () => Promise<void>
}

export async function openLine(appUrl: string): Promise<Line> {
  const { port, hostname } = new URL(appUrl)
  const sockets = new Set<Socket>()
  const streams = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(Number(port), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
    far.on('data', (bytes) => bytes.includes('text/event-stream') && streams.add(far))
    return undefined
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const breakAll = () => sockets.forEach((socket) => socket.destroy())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
      breakAll()
    },
    silence: () => streams.forEach((far) => far.unpipe().pause()),
    mend: () => {
      isCut = false
    },
    close: async () => {
      server.close()
      breakAll()
      await once(server, 'close')
    },
  }
}
