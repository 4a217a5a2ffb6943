import type { Task } from '@todo/model/task'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { View } from '../views/view.ts'
import { BulkBar } from './bulk-bar.tsx'
import type { ListItem } from './list-items.ts'
import { ListLine } from './list-line.tsx'
import { RowActionsContext } from './row-actions.ts'
import { RowEditorHost } from './row-editor-host.tsx'
import { useCursor } from './use-cursor.ts'
import { useDragOrder } from './use-drag-order.ts'
import { useListActions } from './use-list-actions.ts'
import { useRowShortcuts } from './use-row-shortcuts.ts'
import { useSelection } from './use-selection.ts'

const ROW_HEIGHT = 63
const TITLE_ONLY_HEIGHT = 44
const HEADER_HEIGHT = 52
/** The next page is asked for this many rows before it is seen. */
const AHEAD = 40

interface VirtualTasksProps {
  view: View
  items: readonly ListItem[]
  isManual: boolean
  onNeedMore: (section: 'main' | 'completed') => void
  onToggleCompleted: () => void
}

/** Draws only the rows that are near the screen, whatever the length of the list; the page is what scrolls. */
export function VirtualTasks({ view, items, isManual, onNeedMore, onToggleCompleted }: VirtualTasksProps) {
  const frame = useRef<HTMLDivElement>(null)
  const scrollMargin = useTopOffset(frame)
  const tasks = useMemo(() => items.flatMap((item) => (item.kind === 'task' ? [item.task] : [])), [items])
  const order = useMemo(() => tasks.map((task) => task.id), [tasks])

  const virtualizer = useWindowVirtualizer({
    count: items.length,
    scrollMargin,
    overscan: 12,
    estimateSize: (index) => estimateHeight(items[index]),
    getItemKey: (index) => items[index]?.key ?? index,
    scrollPaddingStart: 72,
    scrollPaddingEnd: 120,
  })
  const scrollTo = useCallback(
    (id: string) => {
      const index = items.findIndex((item) => item.kind === 'task' && item.task.id === id)
      if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' })
    },
    [items, virtualizer],
  )
  const selection = useSelection(order)
  const cursor = useCursor(order, scrollTo)
  const drag = useDragOrder({ items, measurements: () => virtualizer.measurementsCache })
  const list = useListActions({ tasks, selection, cursor, startDrag: drag.start })
  useRowShortcuts({ view, tasks, selection, cursor, list, isManual })
  useNeedMore(items, virtualizer.getVirtualItems().at(-1)?.index ?? 0, onNeedMore)

  return (
    <RowActionsContext value={list.actions}>
      <div
        ref={frame}
        role="list"
        aria-label="Tasks"
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map((row) => {
          const item = items[row.index]
          if (!item) return null
          return (
            <div
              key={row.key}
              ref={virtualizer.measureElement}
              data-index={row.index}
              role={item.kind === 'task' ? 'listitem' : 'presentation'}
              aria-setsize={item.kind === 'task' ? order.length : undefined}
              aria-posinset={item.kind === 'task' ? order.indexOf(item.task.id) + 1 : undefined}
              className={drag.className(item.key)}
              style={{ transform: `translateY(${row.start - scrollMargin + drag.shift(row.index)}px)` }}
            >
              <ListLine
                item={item}
                view={view}
                isManual={isManual}
                cursor={cursor.cursor}
                selected={selection.selected}
                renaming={list.renaming}
                onToggleCompleted={onToggleCompleted}
              />
            </div>
          )
        })}
      </div>
      <RowEditorHost state={list.editor} onClose={list.closeEditor} onRename={list.actions.startRename} />
      {selection.selected.size > 0 && (
        <BulkBar tasks={pickedTasks(tasks, selection.selected)} onDone={selection.clear} />
      )}
    </RowActionsContext>
  )
}

function pickedTasks(tasks: readonly Task[], selected: ReadonlySet<string>): Task[] {
  return tasks.filter((task) => selected.has(task.id))
}

function estimateHeight(item: ListItem | undefined): number {
  if (!item || item.kind === 'task') {
    const hasMeta =
      !item || item.task.due || item.task.tags.length > 0 || item.task.recurrence || item.task.subtasks.length > 0
    return hasMeta ? ROW_HEIGHT : TITLE_ONLY_HEIGHT
  }
  return HEADER_HEIGHT
}

/** How far below the top of the page the list begins; what stands above it may grow. */
function useTopOffset(frame: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => {
      if (frame.current) setTop(Math.round(frame.current.getBoundingClientRect().top + window.scrollY))
    }
    measure()
    const observer = new ResizeObserver(measure)
    for (const element of frame.current?.parentElement?.children ?? []) observer.observe(element)
    window.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', measure)
    }
  }, [frame])
  return top
}

function useNeedMore(
  items: readonly ListItem[],
  lastIndex: number,
  onNeedMore: (section: 'main' | 'completed') => void,
): void {
  const near = items
    .slice(0, lastIndex + AHEAD)
    .findLast((item, index) => item.kind === 'more' && index >= lastIndex - AHEAD)
  const section = near?.kind === 'more' ? near.section : null
  useEffect(() => {
    if (section) onNeedMore(section)
  }, [section, items, onNeedMore])
}
