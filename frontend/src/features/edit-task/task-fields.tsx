import type { Task } from '@todo/model/task'
import { useLocation } from '@tanstack/react-router'
import Bell from 'lucide-react/icons/bell'
import Calendar from 'lucide-react/icons/calendar'
import Flag from 'lucide-react/icons/flag'
import Folder from 'lucide-react/icons/folder'
import ListTree from 'lucide-react/icons/list-tree'
import NotebookText from 'lucide-react/icons/notebook-text'
import Repeat from 'lucide-react/icons/repeat'
import Tag from 'lucide-react/icons/tag'
import type { ReactNode } from 'react'
import { Segmented } from '../../ui/segmented.tsx'
import { DueField } from './due-field.tsx'
import { ListField } from './list-field.tsx'
import { NotesField } from './notes-field.tsx'
import { RecurrenceField } from './recurrence-field.tsx'
import { RemindersField } from './reminders-field.tsx'
import { SubtasksField } from './subtasks-field.tsx'
import { TagsField } from './tags-field.tsx'
import type { TaskDraftHandle } from './use-task-draft.ts'

const PRIORITY_OPTIONS = [
  { value: 'low', label: 'Low', activeClass: 'data-[state=on]:text-low-ink' },
  { value: 'medium', label: 'Medium', activeClass: 'data-[state=on]:text-medium-ink' },
  { value: 'high', label: 'High', activeClass: 'data-[state=on]:text-high-ink' },
] as const

export function TaskFields({ task, handle }: { task: Task; handle: TaskDraftHandle }) {
  const { draft, set } = handle
  const asksWhen = useLocation({ select: ({ state }) => state.choosesReminder === true })
  return (
    <div className="grid gap-3">
      <Row icon={<NotebookText />} label="Notes" isTall>
        <NotesField value={draft.notes} onChange={(notes) => set('notes', notes)} />
      </Row>
      <Row icon={<Flag />} label="Priority">
        <Segmented
          label="Priority"
          value={draft.priority}
          options={PRIORITY_OPTIONS}
          onChange={(value) => set('priority', value)}
        />
      </Row>
      <Row icon={<Calendar />} label="Due">
        <DueField handle={handle} />
      </Row>
      <Row icon={<Repeat />} label="Recurrence" isTall>
        <RecurrenceField
          due={draft.due}
          recurrence={draft.recurrence}
          saved={task}
          onChange={({ recurrence, due }) => {
            set('recurrence', recurrence)
            if (due) set('due', due)
          }}
        />
      </Row>
      <Row icon={<Bell />} label="Reminders" isTall>
        <RemindersField
          // One that comes while its task is open asks there.
          key={String(asksWhen)}
          value={draft.reminders}
          due={draft.due}
          onChange={(reminders) => set('reminders', reminders)}
          asksWhen={asksWhen}
        />
      </Row>
      <Row icon={<Tag />} label="Tags">
        <TagsField value={draft.tags} onChange={(tags) => set('tags', tags)} />
      </Row>
      <Row icon={<Folder />} label="List">
        <ListField value={draft.listId} onChange={(listId) => set('listId', listId)} />
      </Row>
      <Row icon={<ListTree />} label="Subtasks" isTall>
        <SubtasksField value={draft.subtasks} onChange={(subtasks) => set('subtasks', subtasks)} />
      </Row>
    </div>
  )
}

interface RowProps {
  icon: ReactNode
  label: string
  isTall?: boolean
  children: ReactNode
}

function Row({ icon, label, isTall, children }: RowProps) {
  return (
    <div
      role="group"
      aria-label={label}
      className="grid grid-cols-[minmax(0,1fr)] gap-x-3 gap-y-1 sm:grid-cols-[7rem_minmax(0,1fr)]"
    >
      <span
        aria-hidden
        className={`flex items-center gap-2 text-s text-ink-2 sm:h-9 [&>svg]:size-4 [&>svg]:text-ink-3 ${isTall ? '' : 'sm:self-center'}`}
      >
        {icon}
        {label}
      </span>
      <div className="min-w-0">{children}</div>
    </div>
  )
}
