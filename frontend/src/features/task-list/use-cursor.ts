import { useCallback, useEffect, useRef, useState } from 'react'

/** How often the row is looked for while the list is being scrolled to it. */
const LOOK_FRAMES = 20

/**
 * The row that keys act on. It keeps its place: when its task leaves the list, the one that moves up takes over,
 * and the keyboard focus with it; after the last one has left, the first one that comes.
 */
export function useCursor(order: readonly string[], scrollTo: (id: string) => void) {
  const [cursor, setCursor] = useState<string | null>(null)
  const lastIndex = useRef(0)
  const hadFocus = useRef(false)

  const focusRow = useCallback(
    (id: string) => {
      setCursor(id)
      hadFocus.current = true
      scrollTo(id)
      let frames = 0
      const look = () => {
        const title = rowTitle(id)
        if (title) title.focus({ preventScroll: true })
        else if (frames++ < LOOK_FRAMES) requestAnimationFrame(look)
      }
      look()
    },
    [scrollTo],
  )

  useEffect(() => {
    const index = cursor === null ? -1 : order.indexOf(cursor)
    if (index >= 0) lastIndex.current = index
    if (index >= 0) return
    const heir = order[Math.min(lastIndex.current, order.length - 1)] ?? null
    if (heir !== null && hadFocus.current && isFocusLost()) focusRow(heir)
    else if (cursor !== null) setCursor(heir)
  }, [cursor, order, focusRow])

  const move = useCallback(
    (by: number) => {
      const index = cursor === null ? -1 : order.indexOf(cursor)
      const next = order[index === -1 ? (by > 0 ? 0 : order.length - 1) : index + by]
      const target = next ?? order[index]
      if (target !== undefined) focusRow(target)
      return next
    },
    [cursor, order, focusRow],
  )
  return { cursor, setCursor, focusRow, move }
}

const isFocusLost = (): boolean => document.activeElement === null || document.activeElement === document.body

/** Gives the focus back to the row of the cursor, once what had it has gone. */
export function resumeCursor({ cursor, focusRow }: ReturnType<typeof useCursor>): void {
  if (cursor !== null) requestAnimationFrame(() => rowTitle(cursor) && focusRow(cursor))
}

export function rowTitle(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-task="${CSS.escape(id)}"] [data-row-title]`)
}

/** The part of a row that shows a field; where it does not, what offers all of them. */
export function rowPart(id: string, part: string): HTMLElement | null {
  const find = (name: string) =>
    document.querySelector<HTMLElement>(`[data-task="${CSS.escape(id)}"] [data-part="${name}"]`)
  return find(part) ?? find('more') ?? rowTitle(id)
}
