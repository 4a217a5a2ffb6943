import { type RefObject, useEffect } from 'react'
import { useLatest } from '../../ui/use-latest.ts'
import type { useCursor } from './use-cursor.ts'
import type { useSelection } from './use-selection.ts'

interface PointerParts {
  frame: RefObject<HTMLElement | null>
  selection: ReturnType<typeof useSelection>
  cursor: ReturnType<typeof useCursor>
}

/**
 * The cursor follows the row that is clicked or focused; a click with Shift, Ctrl or ⌘ picks rows and does nothing
 * else, and so does a finger once a row is picked. Heard once for all rows, before they hear it.
 */
export function useRowPointer({ frame, selection, cursor }: PointerParts): void {
  const latest = useLatest({ selection, cursor })
  useEffect(() => {
    const element = frame.current
    const listeners = new AbortController()
    const options = { capture: true, signal: listeners.signal }
    const onRow =
      (act: (taskId: string, event: MouseEvent | FocusEvent) => void) => (event: MouseEvent | FocusEvent) => {
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-task]') : null
        if (row?.dataset['task']) act(row.dataset['task'], event)
      }
    const onClick = onRow((taskId, event) => {
      latest.current.cursor.setCursor(taskId)
      const { selected } = latest.current.selection
      const isTap = event instanceof PointerEvent && event.pointerType === 'touch' && selected.size > 0
      if (!(event instanceof MouseEvent) || !(event.shiftKey || event.metaKey || event.ctrlKey || isTap)) return
      event.preventDefault()
      event.stopPropagation()
      window.getSelection()?.removeAllRanges()
      if (event.shiftKey) latest.current.selection.extendTo(taskId)
      else latest.current.selection.toggle(taskId)
    })
    const onFocus = onRow((taskId) => latest.current.cursor.setCursor(taskId))
    element?.addEventListener('click', onClick, options)
    element?.addEventListener('focusin', onFocus, options)
    return () => listeners.abort()
  }, [frame, latest])
}
