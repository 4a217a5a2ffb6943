import type { Histogram } from 'prom-client'
import type { Deps } from '@todo/platform/service'
import type { NoticeEvent } from './replay-buffer.ts'
import type { Streams } from './streams.ts'

interface Ctx extends Pick<Deps<unknown>, 'now'> {
  streams: Streams
  noticeAge: Histogram
}

/** Passes a change on to the browsers of everyone who may see it. */
export async function onTaskUpdate({ streams, noticeAge, now }: Ctx, event: NoticeEvent): Promise<void> {
  streams.broadcast(event)
  noticeAge.observe(Math.max(0, now().getTime() - Date.parse(event.time)) / 1_000)
}
