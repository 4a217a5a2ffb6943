import { type ComponentType, createElement, type FunctionComponent, use, useEffect, useSyncExternalStore } from 'react'
import { Chunk, reportMissing } from './chunk.ts'

export type LazyNamed<P> = FunctionComponent<P> & { preload: () => Promise<void> }

interface LazyOptions {
  /** What stands in its place when it could not be fetched; else there is nothing, and the notice below the page. */
  Failed?: ComponentType<{ retry: () => Promise<boolean> }>
}

/**
 * A component that is fetched when it is first drawn, or before by `preload`. Unlike with `React.lazy`, a failed
 * import is not kept: another try draws it.
 */
export function lazyNamed<P extends object, N extends string>(
  load: () => Promise<Record<N, FunctionComponent<P>>>,
  name: N,
  { Failed }: LazyOptions = {},
): LazyNamed<P> {
  const chunk = new Chunk<FunctionComponent<P>>(async () => (await load())[name])
  function Named(props: P) {
    const hasFailed = useSyncExternalStore(chunk.subscribe, chunk.hasFailed)
    const component = chunk.value()
    if (component) return createElement(component, props)
    if (hasFailed) return Failed ? createElement(Failed, { retry: chunk.retry }) : createElement(Missing, { chunk })
    use(chunk.want())
    return null
  }
  return Object.assign(Named, { preload: chunk.preload })
}

/** Nothing but the word that something is missing here. */
function Missing({ chunk }: { chunk: Chunk<unknown> }) {
  useEffect(() => reportMissing(chunk), [chunk])
  return null
}
