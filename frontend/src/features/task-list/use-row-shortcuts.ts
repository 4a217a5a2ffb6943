import type { Priority, Task } from '@todo/model/task'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useLatest } from '../../ui/use-latest.ts'
import { isCovered, useShortcuts } from '../../ui/use-shortcuts.ts'
import type { TaskActions } from '../tasks/task-actions.ts'
import { priorityChange } from '../tasks/task-words.ts'
import type { View } from '../views/view.ts'
import { bulkButton } from './bulk-button.ts'
import { rowPart, rowTitle, type useCursor } from './use-cursor.ts'
import type { ListActions } from './use-list-actions.ts'
import type { RowEditorKind } from './row-editor.tsx'
import type { useSelection } from './use-selection.ts'

interface ShortcutParts {
  view: View
  tasks: readonly Task[]
  selection: ReturnType<typeof useSelection>
  cursor: ReturnType<typeof useCursor>
  list: ListActions
  isManual: boolean
}

/** The keys of a list. They act on what is picked, else on the row of the cursor. */
export function useRowShortcuts(parts: ShortcutParts): void {
  const { view, tasks, selection, cursor, list } = parts
  const { actions, change } = list
  const current = tasks.find((task) => task.id === cursor.cursor)
  const { onCurrent, onTargets, goTo, edit, prioritise, extend, step } = rowCommands(parts, current)
  useShortcuts({
    j: () => cursor.move(1),
    k: () => cursor.move(-1),
    ArrowDown: () => cursor.move(1),
    ArrowUp: () => cursor.move(-1),
    Home: goTo(tasks.at(0)),
    End: goTo(tasks.at(-1)),
    'shift+ArrowDown': extend(1),
    'shift+ArrowUp': extend(-1),
    'alt+ArrowDown': step(1),
    'alt+ArrowUp': step(-1),
    e: onCurrent(actions.open),
    F2: onCurrent(actions.startRename),
    x: onCurrent((task) => selection.toggle(task.id)),
    'mod+a': selection.all,
    Escape: selection.clear,
  })
  usePickedShortcuts(selection.isTakingAll, {
    c: onTargets(view.kind === 'bin' ? change.restore : change.toggle),
    '1': prioritise('high'),
    '2': prioritise('medium'),
    '3': prioritise('low'),
    d: edit('due', 'due'),
    t: edit('tags', 'tags'),
    p: edit('priority', 'priority'),
    r: edit('recurrence', 'recurrence'),
    b: edit('reminders', 'reminders'),
    m: edit('list', 'list'),
    Delete: onTargets(change.remove),
    Backspace: onTargets(change.remove),
  })
  usePressKeys(current, actions, change)
}

/** The keys that act on all that is picked wait until all of it is. */
function usePickedShortcuts(isTakingAll: boolean, commands: Readonly<Record<string, () => void>>): void {
  const held = useRef<string>(undefined)
  const hold = (name: string) => [name, () => void (held.current = name)] as const
  useShortcuts(isTakingAll ? Object.fromEntries(Object.keys(commands).map(hold)) : commands)
  useEffect(() => {
    if (isTakingAll || held.current === undefined) return
    commands[held.current]?.()
    held.current = undefined
  })
}

function rowCommands({ tasks, selection, cursor, list, isManual }: ShortcutParts, current: Task | undefined) {
  const { actions, change } = list
  const picked = tasks.filter((task) => selection.selected.has(task.id))
  const targets = picked.length > 0 || !current ? picked : [current]
  const onCurrent = (act: (task: Task) => void) => () => current && act(current)
  return {
    onCurrent,
    onTargets: (act: (tasks: readonly Task[]) => void) => () => {
      if (targets.length === 0) return
      act(targets)
      selection.clear()
    },
    goTo: (task: Task | undefined) => () => task && cursor.focusRow(task.id),
    edit: (kind: RowEditorKind, part: string) => () => {
      if (picked.length > 0) return bulkButton(kind)?.click()
      const anchor = current && rowPart(current.id, part)
      if (anchor) actions.edit(kind, current, anchor)
    },
    prioritise: (priority: Priority) => () => {
      const others = targets.filter((task) => task.priority !== priority)
      if (others.length > 0) change.patch(others, { priority }, priorityChange(others, priority))
    },
    extend: (by: number) => () => {
      if (current) selection.extendTo(current.id)
      const next = cursor.move(by)
      if (next !== undefined) selection.extendTo(next)
    },
    step: (by: number) => onCurrent((task) => isManual && moveBy(task, by, tasks, change.reorder)),
  }
}

/** Space completes and Enter opens where the focus is on the title or nowhere; on any other control they press it. */
function usePressKeys(current: Task | undefined, actions: ListActions['actions'], change: ListActions['change']): void {
  const latest = useLatest({ current, actions, change })
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { current: task } = latest.current
      const focused = document.activeElement
      if (!task || event.defaultPrevented || isCovered(event)) return
      if (focused !== document.body && focused !== rowTitle(task.id)) return
      if (event.key !== ' ' && !(event.key === 'Enter' && focused === document.body)) return
      event.preventDefault() // on keyup too, where a button would be pressed by Space
      if (event.type === 'keyup' || event.repeat) return
      if (event.key === ' ') latest.current.change.toggle([task])
      else latest.current.actions.open(task)
    }
    window.addEventListener('keydown', onKey)
    window.addEventListener('keyup', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('keyup', onKey)
    }
  }, [latest])
}

function moveBy(task: Task, by: number, tasks: readonly Task[], reorder: TaskActions['reorder']): void {
  const open = tasks.filter((other) => !other.completedAt)
  const rest = open.filter((other) => other !== task)
  const from = open.indexOf(task)
  const to = from + by
  const placeAt = (index: number) => ({ after: rest[index - 1] ?? null, next: rest[index] ?? null })
  if (from >= 0 && to >= 0 && to <= rest.length) reorder(task, placeAt(from), placeAt(to))
}
