import { afterEach, describe, expect, test, vi } from 'vitest'
import { areChunksMissing, Chunk, onMissingChunk, reportMissing, retryMissingChunks } from '../src/ui/chunk.ts'

/** Loads that fail until told otherwise. */
function brokenLine() {
  const line = { isBroken: true, tries: 0 }
  const chunk = new Chunk(async () => {
    line.tries += 1
    if (line.isBroken) throw new TypeError('Failed to fetch dynamically imported module')
    return 'the part'
  })
  return { line, chunk }
}

describe('a part that is fetched on demand', () => {
  afterEach(() => onMissingChunk(() => Promise.resolve()))

  test('is fetched once, however often it is asked for', async () => {
    const load = vi.fn<() => Promise<string>>(async () => 'the part')
    const chunk = new Chunk(load)
    await Promise.all([chunk.preload(), chunk.want(), chunk.whenThere()])
    expect(chunk.value()).toBe('the part')
    expect(load).toHaveBeenCalledOnce()
  })

  test('that fails before anybody wants it rejects nothing, tells nobody, and is tried again when it is wanted', async () => {
    const { line, chunk } = brokenLine()
    await chunk.preload()
    expect(chunk.hasFailed()).toBe(false)
    line.isBroken = false
    await chunk.want()
    expect(chunk.value()).toBe('the part')
  })

  test('that fails while it is wanted says so, and is tried again only when asked', async () => {
    const { line, chunk } = brokenLine()
    await chunk.want()
    expect(chunk.hasFailed()).toBe(true)
    await chunk.want()
    expect(line.tries).toBe(1)
    expect(await chunk.retry()).toBe(false)
    line.isBroken = false
    expect(await chunk.retry()).toBe(true)
    expect(chunk.value()).toBe('the part')
    expect(line.tries).toBe(3)
  })

  test('that is wanted while its preloading fails counts as wanted', async () => {
    const { chunk } = brokenLine()
    const preloading = chunk.preload()
    await Promise.all([preloading, chunk.want()])
    expect(chunk.hasFailed()).toBe(true)
  })

  test('tells those who wait for it when it is there at last', async () => {
    const { line, chunk } = brokenLine()
    const waiting = chunk.whenThere()
    await vi.waitFor(() => expect(areChunksMissing()).toBe(true))
    expect(await retryMissingChunks()).toBe(false)
    line.isBroken = false
    expect(await retryMissingChunks()).toBe(true)
    expect(await waiting).toBe('the part')
    expect(areChunksMissing()).toBe(false)
  })

  test('is missing on the page for as long as somebody says so', () => {
    const { chunk } = brokenLine()
    const takeBack = reportMissing(chunk)
    expect(areChunksMissing()).toBe(true)
    takeBack()
    expect(areChunksMissing()).toBe(false)
  })

  test('is not shown as failed while the page is being loaded anew', async () => {
    const { chunk } = brokenLine()
    const reload = vi.fn<() => Promise<void>>(() => new Promise(() => {}))
    onMissingChunk(reload)
    void chunk.want()
    await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce())
    expect(chunk.hasFailed()).toBe(false)
  })
})
