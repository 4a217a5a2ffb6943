import { type ComponentType, createElement, type FunctionComponent, useEffect, useSyncExternalStore } from 'react'
import { Chunk, reportMissing } from './chunk.ts'

export type LazyNamed<P> = FunctionComponent<P> & { preload: () => Promise<void> }

interface LazyOptions<P> {
  /** What stands in its place until it has been fetched; else there is nothing. */
  Waiting?: ComponentType<P>
  /** What stands in its place when it could not be fetched; else there is nothing, and the notice below the page. */
  Failed?: ComponentType<{ retry: () => Promise<boolean> }>
  /** It is a click away: it is fetched once the first screen stands, so that nobody waits for code. */
  isNear?: boolean
}

/**
 * A component that is fetched when it is first drawn, or before by `preload`. Unlike with `React.lazy`, a failed
 * import is not kept: another try draws it. And it is drawn at once when it is there, where Suspense lets 300 ms pass
 * since it last showed that something is missing.
 */
export function lazyNamed<P extends object, N extends string>(
  load: () => Promise<Record<N, FunctionComponent<P>>>,
  name: N,
  { Waiting, Failed, isNear }: LazyOptions<P> = {},
): LazyNamed<P> {
  const chunk = new Chunk<FunctionComponent<P>>(async () => (await load())[name])
  function Named(props: P) {
    const hasFailed = useSyncExternalStore(chunk.subscribe, chunk.hasFailed)
    const component = useSyncExternalStore(chunk.subscribe, chunk.value)
    useEffect(() => void chunk.want(), [])
    if (component) return createElement(component, props)
    if (hasFailed) return Failed ? createElement(Failed, { retry: chunk.retry }) : createElement(Missing, { chunk })
    return Waiting ? createElement(Waiting, props) : null
  }
  if (isNear) whenCalm(chunk.preload)
  return Object.assign(Named, { preload: chunk.preload })
}

/** Nothing but the word that something is missing here. */
function Missing({ chunk }: { chunk: Chunk<unknown> }) {
  useEffect(() => reportMissing(chunk), [chunk])
  return null
}

let isCalm = false
const waiting: (() => Promise<void>)[] = []

function whenCalm(act: () => Promise<void>): void {
  if (isCalm) void act()
  else waiting.push(act)
}

/**
 * The first screen stands: what is a click away may be fetched, one after the other, while there is nothing else to do.
 * Not without a network: browsers keep a failed import for as long as the page lives.
 */
export async function preloadNear(): Promise<void> {
  if (!navigator.onLine) return
  isCalm = true
  for (const act of waiting.splice(0)) {
    await untilIdle()
    await act()
  }
}

const IDLE_MS = 500

/** Safari tells of no idle time. */
function untilIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: IDLE_MS })
    else setTimeout(resolve)
  })
}
