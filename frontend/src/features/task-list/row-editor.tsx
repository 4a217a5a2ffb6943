import type { Task } from '@todo/model/task'
import Bell from 'lucide-react/icons/bell'
import Calendar from 'lucide-react/icons/calendar'
import Flag from 'lucide-react/icons/flag'
import FolderInput from 'lucide-react/icons/folder-input'
import ListChecks from 'lucide-react/icons/list-checks'
import Maximize from 'lucide-react/icons/maximize-2'
import Pencil from 'lucide-react/icons/pencil'
import Repeat from 'lucide-react/icons/repeat'
import SkipForward from 'lucide-react/icons/skip-forward'
import Tag from 'lucide-react/icons/tag'
import Trash from 'lucide-react/icons/trash-2'
import { type ReactNode, useRef, useState } from 'react'
import { AnchoredMenu, type MenuEntry } from '../../ui/anchored-menu.tsx'
import { AnchoredPopover } from '../../ui/anchored-popover.tsx'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { DuePicker } from '../dates/due-picker.tsx'
import { DUE_ROOM } from '../dates/due-room.ts'
import { useOpenTask } from '../edit-task/open-task.ts'
import { duePatch } from '../recurrence/due-patch.ts'
import { ListPicker } from '../lists/list-picker.tsx'
import { type TaskActions, useTaskActions } from '../tasks/task-actions.ts'
import { quoted } from '../tasks/task-words.ts'
import { TagPicker } from '../tags/tag-picker.tsx'
import { priorityEntries } from './priority-entries.tsx'
import { dueMessage } from './reschedule.ts'
import { rowTitle } from './use-cursor.ts'

export type RowEditorKind = 'due' | 'priority' | 'recurrence' | 'reminders' | 'tags' | 'list' | 'more'

/** What is changed in several steps, which is one change when the popover closes. */
const IN_STEPS = {
  recurrence: { name: 'Recurrence', fields: ['recurrence', 'due'] },
  reminders: { name: 'Reminders', fields: ['reminders'] },
  tags: { name: 'Tags', fields: ['tags'] },
} as const

const RecurrenceField = lazyNamed(() => import('../edit-task/recurrence-field.tsx'), 'RecurrenceField', {
  isNear: true,
})
const RemindersField = lazyNamed(() => import('../edit-task/reminders-field.tsx'), 'RemindersField', { isNear: true })

interface RowEditorProps {
  kind: RowEditorKind
  task: Task
  anchor: HTMLElement
  onClose: () => void
  onRename: () => void
  /** Picks the task, to do something with several. */
  onPick: () => void
}

/** Changes one thing about a task without leaving the list. */
export function RowEditor(props: RowEditorProps) {
  const [kind, setKind] = useState(props.kind)
  const { task, anchor } = props
  const actions = useTaskActions()
  const before = useRef(task)
  const onClose = () => {
    if (kind in IN_STEPS) offerBack(actions, kind as keyof typeof IN_STEPS, before.current, task)
    props.onClose()
    // What it hung on goes with the last tag, reminder or rule.
    requestAnimationFrame(() => anchor.isConnected || rowTitle(task.id)?.focus({ preventScroll: true }))
  }
  const clock = useDayClock()
  if (kind === 'more') return <MoreMenu {...props} onChoose={setKind} />
  if (kind === 'priority') return <PriorityMenu {...props} />
  const content = {
    due: (
      <DuePicker
        value={task.due}
        onChange={(due) => {
          actions.patch([task], duePatch(task, due), dueMessage([task], due, clock))
          onClose()
        }}
      />
    ),
    recurrence: (
      <Fields heading="Recurrence">
        <RecurrenceField
          due={task.due}
          recurrence={task.recurrence}
          saved={task}
          onChange={(change) => actions.adjust(task, change)}
        />
      </Fields>
    ),
    reminders: (
      <Fields heading="Reminders">
        <RemindersField
          value={task.reminders}
          due={task.due}
          onChange={(reminders) => actions.adjust(task, { reminders })}
        />
      </Fields>
    ),
    tags: <TagPicker value={task.tags} onChange={(tags) => actions.adjust(task, { tags })} />,
    list: (
      <ListPicker
        value={task.listId}
        onChoose={(list) => {
          if (list.id !== task.listId) actions.move([task], list.id, list.name)
          onClose()
        }}
      />
    ),
  }[kind]
  const label = kind === 'due' ? 'Due date' : kind === 'list' ? 'Move to list' : IN_STEPS[kind].name
  return (
    <AnchoredPopover
      anchor={anchor}
      onClose={onClose}
      label={`${label} of ${task.title}`}
      {...(kind === 'due' && { room: DUE_ROOM })}
    >
      {content}
    </AnchoredPopover>
  )
}

/** Offers the way back to what a task was when the popover opened, where it is another now. */
function offerBack(actions: TaskActions, kind: keyof typeof IN_STEPS, before: Task, task: Task): void {
  const { name, fields } = IN_STEPS[kind]
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(task[field]))
  if (changed.length === 0) return
  const back = Object.fromEntries(changed.map((field) => [field, before[field]]))
  actions.offerBack(task, back, `${name} of ${quoted([task])} changed`)
}

function Fields({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <div className="grid w-full gap-2 p-3 sm:w-[340px]">
      <h2 className="text-s font-semibold">{heading}</h2>
      {children}
    </div>
  )
}

function PriorityMenu({ task, anchor, onClose }: RowEditorProps) {
  const actions = useTaskActions()
  const entries = priorityEntries([task], actions)
  return <AnchoredMenu anchor={anchor} label={`Priority of ${task.title}`} entries={entries} onClose={onClose} />
}

function MoreMenu({
  task,
  anchor,
  onClose,
  onRename,
  onPick,
  onChoose,
}: RowEditorProps & { onChoose: (kind: RowEditorKind) => void }) {
  const actions = useTaskActions()
  const { openTask } = useOpenTask()
  // A choice that opens a popover in the menu's place keeps the editor open.
  const goesOn = useRef(false)
  const later = (kind: RowEditorKind) => () => {
    goesOn.current = true
    setTimeout(() => onChoose(kind))
  }
  const entries: MenuEntry[] = [
    { label: 'Open', icon: <Maximize />, shortcut: 'E', onSelect: () => openTask(task.id) },
    { label: 'Rename', icon: <Pencil />, shortcut: 'F2', onSelect: () => setTimeout(onRename) },
    { label: 'Pick', icon: <ListChecks />, shortcut: 'X', onSelect: onPick },
    { separator: 'fields' },
    { label: 'Due date…', icon: <Calendar />, shortcut: 'D', onSelect: later('due') },
    { label: 'Priority…', icon: <Flag />, shortcut: 'P', onSelect: later('priority') },
    { label: 'Recurrence…', icon: <Repeat />, shortcut: 'R', onSelect: later('recurrence') },
    { label: 'Reminders…', icon: <Bell />, shortcut: 'B', onSelect: later('reminders') },
    { label: 'Tags…', icon: <Tag />, shortcut: 'T', onSelect: later('tags') },
    { label: 'Move to list…', icon: <FolderInput />, shortcut: 'M', onSelect: later('list') },
    ...(task.recurrence && !task.completedAt
      ? [{ label: 'Skip this one', icon: <SkipForward />, onSelect: () => actions.skip(task) }]
      : []),
    { separator: 'delete' },
    { label: 'Delete', icon: <Trash />, shortcut: 'Del', isDanger: true, onSelect: () => actions.remove([task]) },
  ]
  return (
    <AnchoredMenu
      anchor={anchor}
      label={`More for ${task.title}`}
      entries={entries}
      onClose={() => !goesOn.current && onClose()}
    />
  )
}
