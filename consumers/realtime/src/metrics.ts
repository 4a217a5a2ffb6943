import { Gauge, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import type { Listening } from './listening.ts'
import type { Streams } from './streams.ts'

interface Watched {
  streams: Streams
  listening: Listening
}

/** The number of open streams and whether all is heard, asked when it is scraped; how old notices are when they are sent. */
export function realtimeMetrics(registry: Registry, { streams, listening }: Watched): { noticeAge: Histogram } {
  new Gauge({
    name: 'todo_realtime_hears_all',
    help: '1 when this replica hears every change, 0 while its subscription has not begun everywhere',
    registers: [registry],
    collect() {
      this.set(Number(listening.hearsAll))
    },
  })
  new Gauge({
    name: 'todo_realtime_open_streams',
    help: 'Browsers that are connected',
    registers: [registry],
    collect() {
      this.set(streams.size)
    },
  })
  const noticeAge = new Histogram({
    name: 'todo_realtime_notice_age_seconds',
    help: 'From the change to its notice on the way to browsers',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 5, 30],
    registers: [registry],
  })
  return { noticeAge }
}
