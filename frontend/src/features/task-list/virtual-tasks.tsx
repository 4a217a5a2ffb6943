import type { Task } from '@todo/model/task'
import { useCallback, useEffect, useMemo } from 'react'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { useWindowRows, type WindowRow } from '../../ui/use-window-rows.ts'
import type { View } from '../views/view.ts'
import type { ListItem } from './list-items.ts'
import { ListLine } from './list-line.tsx'
import { RowActionsContext } from './row-actions.ts'
import { RowEditorHost } from './row-editor-host.tsx'
import { resumeCursor, useCursor } from './use-cursor.ts'
import { useDragOrder } from './use-drag-order.ts'
import { useListActions } from './use-list-actions.ts'
import { useRowPointer } from './use-row-pointer.ts'
import { useRowShortcuts } from './use-row-shortcuts.ts'
import { useSelection } from './use-selection.ts'

const BulkBar = lazyNamed(() => import('./bulk-bar.tsx'), 'BulkBar', { isNear: true })

const HEIGHTS = { detailed: 64, plain: 43, line: 47 } as const
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
  const tasks = useMemo(() => items.flatMap((item) => (item.kind === 'task' ? [item.task] : [])), [items])
  const order = useMemo(() => tasks.map((task) => task.id), [tasks])

  const { frame, rows, lastRow, totalHeight, offsets, measure, scrollTo } = useTaskRows(items)
  const more = items.find((item) => item.kind === 'more')
  const selection = useSelection({ order, fetchMore: more ? () => onNeedMore(more.section) : null })
  const cursor = useCursor(order, scrollTo)
  const drag = useDragOrder({ items, offsets })
  const list = useListActions({ tasks, selection, cursor, startDrag: drag.start })
  useRowPointer({ frame, selection, cursor })
  useRowShortcuts({ view, tasks, selection, cursor, list, isManual })
  useNeedMore(items, lastRow, onNeedMore)

  return (
    <RowActionsContext value={list.actions}>
      <div ref={frame} role="list" aria-label="Tasks" className="relative" style={{ height: totalHeight }}>
        {rows.map(({ index, top }) => {
          const item = items[index]
          if (!item) return null
          return (
            <div
              key={item.key}
              ref={measure}
              data-index={index}
              role="listitem"
              className={drag.className(item.key)}
              style={{ top, transform: drag.shift(index) === 0 ? undefined : `translateY(${drag.shift(index)}px)` }}
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
      <RowEditorHost
        state={list.editor}
        onClose={list.closeEditor}
        onRename={list.actions.startRename}
        onPick={(task) => selection.toggle(task.id)}
      />
      <PickedTasks tasks={tasks} selection={selection} cursor={cursor} />
    </RowActionsContext>
  )
}

function useTaskRows(items: readonly ListItem[]) {
  const list = useMemo(() => items.map(windowRow), [items])
  const { scrollToRow, ...rows } = useWindowRows(list)
  const scrollTo = useCallback(
    (id: string) => {
      const index = items.findIndex((item) => item.kind === 'task' && item.task.id === id)
      if (index >= 0) scrollToRow(index)
    },
    [items, scrollToRow],
  )
  return { ...rows, scrollTo }
}

interface PickedTasksProps {
  tasks: readonly Task[]
  selection: ReturnType<typeof useSelection>
  cursor: ReturnType<typeof useCursor>
}

function PickedTasks({ tasks, selection, cursor }: PickedTasksProps) {
  if (selection.selected.size === 0) return null
  const onDone = () => {
    selection.clear()
    resumeCursor(cursor)
  }
  const picked = tasks.filter((task) => selection.selected.has(task.id))
  return <BulkBar tasks={picked} isGrowing={selection.isTakingAll} onDone={onDone} />
}

function windowRow(item: ListItem): WindowRow {
  const shape = item.kind === 'task' ? (hasDetails(item.task) ? 'detailed' : 'plain') : 'line'
  return { key: item.key, shape, estimate: HEIGHTS[shape] }
}

function hasDetails({ due, tags, recurrence, subtasks }: Task): boolean {
  return due !== null || tags.length > 0 || recurrence !== null || subtasks.length > 0
}

function useNeedMore(
  items: readonly ListItem[],
  lastIndex: number,
  onNeedMore: (section: 'main' | 'completed') => void,
): void {
  const near = items.slice(Math.max(0, lastIndex - AHEAD), lastIndex + AHEAD).findLast(({ kind }) => kind === 'more')
  const section = near?.kind === 'more' ? near.section : null
  useEffect(() => {
    if (section) onNeedMore(section)
  }, [section, items, onNeedMore])
}
