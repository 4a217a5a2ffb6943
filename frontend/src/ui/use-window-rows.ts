import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'react'
import { RowHeights } from './row-heights.ts'
import { offsetsOf, rowAt } from './row-offsets.ts'
import { useLatest } from './use-latest.ts'

/** Rows are kept this far above and below what is seen, so that a quick scroll finds them drawn. */
const OVERSCAN_PX = 700
/** The first paint waits for little more than what is seen. */
const FIRST_OVERSCAN_PX = 80
const FIRST_MS = 100
/** What stays free above and below a row that is scrolled to: nothing sticky, and the bars at the bottom. */
const MARGIN_TOP_PX = 16
const MARGIN_BOTTOM_PX = 120

export interface WindowRow {
  key: string
  /** Rows of one shape are about as high as each other. */
  shape: string
  /** In pixels, while no row of its shape has been measured. */
  estimate: number
}

/** A new object around the same heights says that some have changed. */
interface Measured {
  heights: RowHeights
}
const nothingMeasured = (): Measured => ({ heights: new RowHeights() })

interface Layout {
  list: readonly WindowRow[]
  offsets: Float64Array
}

/**
 * Which rows of a long list are near the screen, and where, while the page scrolls. Heights are measured as rows are
 * drawn; a row above the screen that turns out taller moves the page along, so that nothing jumps.
 */
export function useWindowRows(list: readonly WindowRow[]) {
  const frame = useRef<HTMLDivElement>(null)
  const [measured, onMeasured] = useReducer(({ heights }: Measured) => ({ heights }), null, nothingMeasured)
  const offsets = useMemo(
    () => offsetsOf(list, ({ key, shape, estimate }) => measured.heights.heightOf(key, shape, estimate)),
    [list, measured],
  )
  const latest = useLatest<Layout>({ list, offsets })
  useStillRows(frame, { list, offsets })
  const range = useVisibleRange(frame, offsets)
  const measure = useRowMeasuring(measured.heights, { list, offsets }, onMeasured)

  const scrollToRow = useCallback(
    (index: number) => {
      const top = topOf(frame) + (latest.current.offsets[index] ?? 0)
      const bottom = topOf(frame) + (latest.current.offsets[index + 1] ?? 0)
      if (top < MARGIN_TOP_PX) window.scrollBy(0, top - MARGIN_TOP_PX)
      else if (bottom > window.innerHeight - MARGIN_BOTTOM_PX) {
        window.scrollBy(0, bottom - window.innerHeight + MARGIN_BOTTOM_PX)
      }
    },
    [latest],
  )
  const last = Math.min(range.last, list.length - 1)
  const rows = []
  for (let index = range.first; index <= last; index++) rows.push({ index, top: offsets[index] ?? 0 })
  return { frame, rows, lastRow: last, totalHeight: offsets.at(-1) ?? 0, offsets, measure, scrollToRow }
}

const topOf = (frame: RefObject<HTMLElement | null>): number => frame.current?.getBoundingClientRect().top ?? 0

/**
 * First and last row to draw. What is kept is where they are, in pixels of the frame: with another list they are others
 * at once, so that none is taken off the page, and its focus lost, only to come back.
 */
function useVisibleRange(frame: RefObject<HTMLElement | null>, offsets: Float64Array) {
  const [seen, setSeen] = useState({ from: 0, to: 0 })
  const [overscan, setOverscan] = useState(FIRST_OVERSCAN_PX)
  useEffect(() => {
    const timer = setTimeout(() => setOverscan(OVERSCAN_PX), FIRST_MS)
    return () => clearTimeout(timer)
  }, [])
  useLayoutEffect(() => {
    let request = 0
    const update = () => {
      request = 0
      const top = -topOf(frame)
      const next = { from: top - overscan, to: top + window.innerHeight + overscan }
      const isSame = (a: number, b: number) => rowAt(offsets, a) === rowAt(offsets, b)
      // A new one would draw the list again.
      setSeen((current) => (isSame(current.from, next.from) && isSame(current.to, next.to) ? current : next))
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
  }, [frame, offsets, overscan])
  return { first: rowAt(offsets, seen.from), last: rowAt(offsets, seen.to) }
}

/** What is at the upper edge of the screen stays there when rows above it turn out to be of another height. */
function useStillRows(frame: RefObject<HTMLElement | null>, layout: Layout): void {
  const { list, offsets } = layout
  const before = useRef<Layout>(layout)
  useLayoutEffect(() => {
    const { current } = before
    before.current = { list, offsets }
    const seenFrom = -topOf(frame)
    if (current.list !== list || seenFrom <= 0) return
    const index = rowAt(current.offsets, seenFrom)
    const moved = (offsets[index] ?? 0) - (current.offsets[index] ?? 0)
    if (moved !== 0) window.scrollBy(0, moved)
  }, [frame, list, offsets])
}

/**
 * A ref for each row's element, which carries its index in `data-index`. New rows are measured before they are painted,
 * so that none is seen in a place that was only estimated; later the observer hears of changes.
 */
function useRowMeasuring(heights: RowHeights, layout: Layout, onMeasured: () => void) {
  const latest = useLatest(layout)
  const observer = useRef<ResizeObserver>(undefined)
  const fresh = useRef(new Set<Element>())
  useLayoutEffect(() => {
    const elements = [...fresh.current]
    fresh.current.clear()
    if (takeHeights(elements, layout, heights)) onMeasured()
  })
  useEffect(() => () => observer.current?.disconnect(), [])
  return useCallback(
    (element: HTMLElement | null) => {
      if (!element) return
      observer.current ??= new ResizeObserver((entries) => {
        const elements = entries.map((entry) => entry.target)
        if (takeHeights(elements, latest.current, heights)) onMeasured()
      })
      observer.current.observe(element)
      fresh.current.add(element)
      return () => {
        observer.current?.unobserve(element)
        fresh.current.delete(element)
      }
    },
    [heights, latest, onMeasured],
  )
}

/** Answers whether some row is of another height than it was taken for. */
function takeHeights(elements: readonly Element[], { list, offsets }: Layout, heights: RowHeights): boolean {
  let isChanged = false
  for (const element of elements) {
    const index = Number(element.getAttribute('data-index'))
    const { height } = element.getBoundingClientRect()
    const row = list[index]
    if (!row || height === 0) continue
    const taken = (offsets[index + 1] ?? 0) - (offsets[index] ?? 0)
    isChanged = heights.measured(row.key, row.shape, height, taken) || isChanged
  }
  return isChanged
}
