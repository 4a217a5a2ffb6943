import { type FunctionComponent, lazy, type LazyExoticComponent } from 'react'

export type LazyNamed<P> = LazyExoticComponent<FunctionComponent<P>> & { preload: () => void }

/** `React.lazy` for a named export, with a way to fetch its chunk before it is wanted. */
export function lazyNamed<P, N extends string>(
  load: () => Promise<Record<N, FunctionComponent<P>>>,
  name: N,
): LazyNamed<P> {
  const component = lazy(async () => ({ default: (await load())[name] }))
  return Object.assign(component, { preload: () => void load() })
}
