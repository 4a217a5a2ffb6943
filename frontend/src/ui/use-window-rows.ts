import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'react'
import { offsetsOf, rowAt } from './row-offsets.ts'
import { useLatest } from './use-latest.ts'

/** Rows are kept this far above and below what is seen, so that a quick scroll finds them drawn. */
const OVERSCAN_PX = 700
/** What stays free above and below a row that is scrolled to: nothing sticky, and the bars at the bottom. */
const MARGIN_TOP_PX = 16
const MARGIN_BOTTOM_PX = 120

interface WindowRowsOptions {
  count: number
  keyOf: (index: number) => string
  /** The height of a row that has not been measured yet, in pixels. */
  estimate: (index: number) => number
}

/** Heights by key; a new object around the same map says that some have changed. */
interface Heights {
  byKey: Map<string, number>
}

/**
 * Which rows of a long list are near the screen, and where, while the page scrolls. Heights are measured as rows are
 * drawn; a row above the screen that turns out taller moves the page along, so that nothing jumps.
 */
export function useWindowRows({ count, keyOf, estimate }: WindowRowsOptions) {
  const frame = useRef<HTMLDivElement>(null)
  const [heights, onMeasured] = useReducer(({ byKey }: Heights) => ({ byKey }), { byKey: new Map<string, number>() })
  const offsets = useMemo(
    () => offsetsOf(count, (index) => heights.byKey.get(keyOf(index)) ?? estimate(index)),
    [count, keyOf, estimate, heights],
  )
  const latest = useLatest({ offsets, keyOf, count })
  const range = useVisibleRange(frame, offsets)
  const measure = useRowMeasuring(frame, heights.byKey, latest, onMeasured)

  const scrollToRow = useCallback(
    (index: number) => {
      const top = (frame.current?.getBoundingClientRect().top ?? 0) + (latest.current.offsets[index] ?? 0)
      const bottom = (frame.current?.getBoundingClientRect().top ?? 0) + (latest.current.offsets[index + 1] ?? 0)
      if (top < MARGIN_TOP_PX) window.scrollBy(0, top - MARGIN_TOP_PX)
      else if (bottom > window.innerHeight - MARGIN_BOTTOM_PX) {
        window.scrollBy(0, bottom - window.innerHeight + MARGIN_BOTTOM_PX)
      }
    },
    [latest],
  )
  const last = Math.min(range.last, count - 1)
  const rows = []
  for (let index = range.first; index <= last; index++) rows.push({ index, top: offsets[index] ?? 0 })
  return { frame, rows, lastRow: last, totalHeight: offsets[count] ?? 0, offsets, measure, scrollToRow }
}

/** First and last row to draw; a new one is answered only when it differs. */
function useVisibleRange(frame: RefObject<HTMLElement | null>, offsets: Float64Array) {
  const [range, setRange] = useState({ first: 0, last: 0 })
  useLayoutEffect(() => {
    let request = 0
    const update = () => {
      request = 0
      const top = -(frame.current?.getBoundingClientRect().top ?? 0)
      const first = rowAt(offsets, top - OVERSCAN_PX)
      const last = rowAt(offsets, top + window.innerHeight + OVERSCAN_PX)
      setRange((current) => (current.first === first && current.last === last ? current : { first, last }))
    }
    const onScroll = () => (request ||= requestAnimationFrame(update))
    update()
    window.addEventListener('scroll', onScroll, { passive: true })
    window.addEventListener('resize', onScroll)
    return () => {
      cancelAnimationFrame(request)
      window.removeEventListener('scroll', onScroll)
      window.removeEventListener('resize', onScroll)
    }
  }, [frame, offsets])
  return range
}

/** A ref for each row's element, which carries its index in `data-index`. */
function useRowMeasuring(
  frame: RefObject<HTMLElement | null>,
  heights: Map<string, number>,
  latest: Readonly<RefObject<{ offsets: Float64Array; keyOf: (index: number) => string; count: number }>>,
  onMeasured: () => void,
) {
  const observer = useRef<ResizeObserver>(undefined)
  const take = useCallback(
    (elements: readonly Element[]) => {
      const { offsets, keyOf, count } = latest.current
      const frameTop = frame.current?.getBoundingClientRect().top ?? 0
      let above = 0
      let isChanged = false
      for (const element of elements) {
        const index = Number(element.getAttribute('data-index'))
        const height = element.getBoundingClientRect().height
        const known = (offsets[index + 1] ?? 0) - (offsets[index] ?? 0)
        if (index >= count || height === 0) continue
        if (heights.get(keyOf(index)) === height && known === height) continue
        heights.set(keyOf(index), height)
        isChanged = true
        if (frameTop + (offsets[index + 1] ?? 0) <= 0) above += height - known
      }
      if (isChanged) onMeasured()
      if (above !== 0) window.scrollBy(0, above)
    },
    [frame, heights, latest, onMeasured],
  )
  useEffect(() => () => observer.current?.disconnect(), [])
  return useCallback(
    (element: HTMLElement | null) => {
      if (!element) return
      observer.current ??= new ResizeObserver((entries) => take(entries.map((entry) => entry.target)))
      observer.current.observe(element)
      return () => observer.current?.unobserve(element)
    },
    [take],
  )
}
