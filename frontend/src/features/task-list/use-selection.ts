import { useCallback, useEffect, useMemo, useState } from 'react'

const NONE: ReadonlySet<string> = new Set()

interface SelectionParts {
  /** The tasks on the list, as far as it has been fetched. */
  order: readonly string[]
  /** Fetches more of it; null when all of it is there. */
  fetchMore: (() => void) | null
}

/** Which tasks are picked for doing something with all of them. Only ids that are on the list count. */
export function useSelection({ order, fetchMore }: SelectionParts) {
  const [picked, setPicked] = useState(NONE)
  const [origin, setOrigin] = useState<string | null>(null)
  const [isTakingAll, setTakingAll] = useState(false)
  const selected = useMemo(() => {
    if (isTakingAll) return new Set(order)
    const listed = new Set(order)
    const kept = [...picked].filter((id) => listed.has(id))
    return kept.length === picked.size ? picked : new Set(kept)
  }, [picked, order, isTakingAll])

  useEffect(() => {
    if (isTakingAll) fetchMore?.()
  }, [isTakingAll, fetchMore])
  if (isTakingAll && !fetchMore) {
    // What comes later was not meant.
    setPicked(new Set(order))
    setTakingAll(false)
  }

  const toggle = useCallback((id: string) => {
    setOrigin(id)
    setPicked((ids) => (ids.has(id) ? new Set([...ids].filter((other) => other !== id)) : new Set([...ids, id])))
  }, [])
  const extendTo = useCallback(
    (id: string) => {
      const from = order.indexOf(origin ?? id)
      const to = order.indexOf(id)
      const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
      setPicked((ids) => new Set([...ids, ...range]))
      setOrigin((current) => current ?? id)
    },
    [order, origin],
  )
  const clear = useCallback(() => {
    setPicked(NONE)
    setOrigin(null)
    setTakingAll(false)
  }, [])
  const all = useCallback(() => setTakingAll(true), [])
  return { selected, isTakingAll, toggle, extendTo, clear, all }
}
