import type { Task } from '@todo/model/task'
import Calendar from 'lucide-react/icons/calendar'
import Flag from 'lucide-react/icons/flag'
import FolderInput from 'lucide-react/icons/folder-input'
import ListChecks from 'lucide-react/icons/list-checks'
import Maximize from 'lucide-react/icons/maximize-2'
import Pencil from 'lucide-react/icons/pencil'
import Tag from 'lucide-react/icons/tag'
import Trash from 'lucide-react/icons/trash-2'
import { useRef, useState } from 'react'
import { AnchoredMenu, type MenuEntry } from '../../ui/anchored-menu.tsx'
import { AnchoredPopover } from '../../ui/anchored-popover.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { DuePicker } from '../dates/due-picker.tsx'
import { useOpenTask } from '../edit-task/open-task.ts'
import { duePatch } from '../recurrence/due-patch.ts'
import { ListPicker } from '../lists/list-picker.tsx'
import { useTaskActions } from '../tasks/task-actions.ts'
import { quoted } from '../tasks/task-words.ts'
import { TagPicker } from '../tags/tag-picker.tsx'
import { priorityEntries } from './priority-entries.tsx'
import { dueMessage } from './reschedule.ts'

export type RowEditorKind = 'due' | 'priority' | 'tags' | 'list' | 'more'

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
  const tagsBefore = useRef(task.tags)
  // What is picked and taken back in one go is one change.
  const onClose = () => {
    if (String(task.tags) !== String(tagsBefore.current)) {
      actions.offerBack(task, { tags: tagsBefore.current }, `Tags of ${quoted([task])} changed`)
    }
    props.onClose()
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
  const label = { due: 'Due date', tags: 'Tags', list: 'Move to list' }[kind]
  return (
    <AnchoredPopover anchor={anchor} onClose={onClose} label={`${label} of ${task.title}`}>
      {content}
    </AnchoredPopover>
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
    { label: 'Tags…', icon: <Tag />, shortcut: 'T', onSelect: later('tags') },
    { label: 'Move to list…', icon: <FolderInput />, shortcut: 'M', onSelect: later('list') },
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
