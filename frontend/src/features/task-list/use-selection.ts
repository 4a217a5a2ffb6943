import { useCallback, useMemo, useState } from 'react'

const NONE: ReadonlySet<string> = new Set()

/** Which tasks are picked for doing something with all of them. Only ids that are on the list count. */
export function useSelection(order: readonly string[]) {
  const [picked, setPicked] = useState(NONE)
  const [origin, setOrigin] = useState<string | null>(null)
  const selected = useMemo(() => {
    const listed = new Set(order)
    const kept = [...picked].filter((id) => listed.has(id))
    return kept.length === picked.size ? picked : new Set(kept)
  }, [picked, order])

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
  }, [])
  const all = useCallback(() => setPicked(new Set(order)), [order])
  return { selected, toggle, extendTo, clear, all }
}
