import type { Task } from '@todo/model/task'
import { useState } from 'react'
import { rowAt } from '../../ui/row-offsets.ts'
import { type TaskActions, useTaskActions } from '../tasks/task-actions.ts'
import type { ListItem } from './list-items.ts'

const EDGE_PX = 90
const SCROLL_STEP_PX = 9

interface DragParts {
  items: readonly ListItem[]
  /** Where each line begins in the frame, in pixels. */
  offsets: Float64Array
}

interface Drag {
  from: number
  to: number
  height: number
  offset: number
}

/** Dragging a row by its grip to another place: the others make room, the page scrolls at its edges, Escape gives up. */
export function useDragOrder({ items, offsets }: DragParts) {
  const [drag, setDrag] = useState<Drag | null>(null)
  const { reorder } = useTaskActions()

  const start = (task: Task, event: React.PointerEvent) => {
    if (event.button !== 0) return
    event.preventDefault()
    const last = items.findLastIndex((item) => item.kind === 'task' && item.section === 'main')
    const from = items.findIndex((item) => item.key === task.id)
    const top = offsets[from] ?? 0
    const height = (offsets[from + 1] ?? 0) - top
    const rowUnder = (delta: number) => Math.min(rowAt(offsets, top + height / 2 + delta), last)
    follow(event, {
      onMove: (delta) => setDrag({ from, to: rowUnder(delta), height, offset: delta }),
      onDrop: (delta) => {
        setDrag(null)
        const to = rowUnder(delta)
        if (to !== from) drop(items, from, to, reorder)
      },
      onGiveUp: () => setDrag(null),
    })
  }
  return {
    start,
    /** How far a line is away from its place while another one is held over it. */
    shift: (index: number) => (drag ? shiftOf(index, drag) : 0),
    className: (key: string) => {
      const isHeld = drag !== null && items[drag.from]?.key === key
      const moves = drag !== null && !isHeld
      return `absolute inset-x-0 top-0 ${isHeld ? 'z-20 rounded-control bg-surface shadow-2' : ''} ${moves ? 'transition-transform duration-150' : ''}`
    },
  }
}

function shiftOf(index: number, { from, to, height, offset }: Drag): number {
  if (index === from) return offset
  if (index > from && index <= to) return -height
  return index < from && index >= to ? height : 0
}

function drop(items: readonly ListItem[], from: number, to: number, reorder: TaskActions['reorder']): void {
  const taskAt = (index: number) => {
    const item = items[index]
    return item?.kind === 'task' && item.section === 'main' ? item.task : null
  }
  const moved = taskAt(from)
  if (!moved) return
  const before = to < from ? to - 1 : to
  reorder(
    moved,
    { after: taskAt(from - 1), next: taskAt(from + 1) },
    { after: taskAt(before), next: taskAt(before + 1) },
  )
}

interface Follower {
  onMove: (deltaY: number) => void
  onDrop: (deltaY: number) => void
  onGiveUp: () => void
}

/** Follows the pointer until it is let go; the distance counts in the page, so scrolling moves it too. */
function follow(event: React.PointerEvent, { onMove, onDrop, onGiveUp }: Follower): void {
  const startY = event.pageY
  let clientY = event.clientY
  let frame = 0
  const delta = () => clientY + window.scrollY - startY
  const tick = () => {
    if (clientY < EDGE_PX) window.scrollBy(0, -SCROLL_STEP_PX)
    else if (clientY > window.innerHeight - EDGE_PX) window.scrollBy(0, SCROLL_STEP_PX)
    onMove(delta())
    frame = requestAnimationFrame(tick)
  }
  const listeners = new AbortController()
  const end = (finish: () => void) => () => {
    cancelAnimationFrame(frame)
    listeners.abort()
    finish()
  }
  const { signal } = listeners
  window.addEventListener('pointermove', (move) => (clientY = move.clientY), { signal })
  window.addEventListener(
    'pointerup',
    end(() => onDrop(delta())),
    { signal },
  )
  window.addEventListener('pointercancel', end(onGiveUp), { signal })
  window.addEventListener('keydown', (key) => key.key === 'Escape' && end(onGiveUp)(), { signal })
  frame = requestAnimationFrame(tick)
}
