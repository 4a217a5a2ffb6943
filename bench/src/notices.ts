export interface Notices {
  /** When each task's first change was heard of, in epoch milliseconds. */
  seenAt: Map<string, number>
  close: () => void
}

/** Listens to the live stream as a browser would. */
export async function readNotices(url: string, cookie: string): Promise<Notices> {
  const abort = new AbortController()
  const response = await fetch(`${url}/api/v1/stream`, { headers: { cookie }, signal: abort.signal })
  const seenAt = new Map<string, number>()
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const ready = Promise.withResolvers<void>()
  void read(reader, seenAt, ready.resolve).catch((error: unknown) => {
    if (!abort.signal.aborted) throw error
  })
  await ready.promise
  return { seenAt, close: () => abort.abort() }
}

async function read(
  reader: ReadableStreamDefaultReader<string>,
  seenAt: Map<string, number>,
  onReady: () => void,
): Promise<void> {
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    const at = Date.now()
    const blocks = (rest + value).split('\n\n')
    rest = blocks.pop()!
    for (const block of blocks) {
      if (block.includes('event: ready')) onReady()
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (!data || !block.includes('event: task.changed')) continue
      const notice = JSON.parse(data) as { taskId: string; version: number }
      if (notice.version === 2) seenAt.set(notice.taskId, at)
    }
  }
}
