import type { Task } from '@todo/model/task'
import { useLocation } from '@tanstack/react-router'
import { Tabs } from 'radix-ui'
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import { Modal } from '../../ui/modal.tsx'
import { notify } from '../../ui/notify.ts'
import { BinNotice, ConflictNotice, KeptDraftNotice, Problem } from './editor-notices.tsx'
import { EditorFooter } from './editor-footer.tsx'
import { EditorHeader } from './editor-header.tsx'
import { HistoryTab } from './history-tab.tsx'
import { wantDraft } from './kept-drafts.ts'
import { useOpenTask } from './open-task.ts'
import { useMarkRead } from '../notifications/use-mark-read.ts'
import { rowTitle } from '../task-list/use-cursor.ts'
import { RemindersLog } from './reminders-log.tsx'
import { ScopeChoice } from './scope-choice.tsx'
import { SeriesTab } from './series-tab.tsx'
import { TaskFields } from './task-fields.tsx'
import { type TaskDraftHandle, useTaskDraft } from './use-task-draft.ts'

const tabClass =
  'min-h-9 pointer-coarse:min-h-10 border-b-2 border-transparent px-0.5 text-s sm:px-1 font-medium text-ink-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink'

/** Title, fields, history and deliveries of one task; saved by the button or Ctrl/⌘ Enter. */
export function TaskEditor({ task }: { task: Task }) {
  const handle = useTaskDraft(task)
  const titleField = useRef<HTMLTextAreaElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  // The other parts take the height of the one that it was opened with: nothing jumps.
  const [height, setHeight] = useState<number>()
  const { close, save } = useLeaving(task, handle, titleField)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    void save()
  }
  return (
    <Modal
      title={`Edit task: ${task.title}`}
      hidesTitle
      className="max-sm:h-dvh sm:min-h-[min(620px,calc(100dvh-12vh-24px))]"
      onClose={close}
      fallbackFocus={() => rowTitle(task.id)}
      onOpenAutoFocus={(event) => {
        event.preventDefault()
        // In a text field a phone would cover half of the task with its keyboard.
        if (matchMedia('(pointer: coarse)').matches) return (event.currentTarget as HTMLElement).focus()
        titleField.current?.focus({ preventScroll: true })
        titleField.current?.setSelectionRange(task.title.length, task.title.length)
      }}
    >
      <Tabs.Root
        ref={panel}
        defaultValue="details"
        onValueChange={() => setHeight(panel.current?.offsetHeight)}
        onKeyDown={onKeyDown}
        style={height === undefined ? undefined : { flex: `0 1 ${height}px` }}
        className="flex min-h-0 flex-1 flex-col"
      >
        <div className="grid gap-2 ps-5 pe-16 pt-4 empty:hidden">
          {task.deletedAt && <BinNotice isDirty={handle.isDirty} />}
          {handle.offer && <KeptDraftNotice {...handle.offer} />}
          {handle.conflicts.length > 0 && <ConflictNotice handle={handle} />}
          {handle.error && <Problem text={handle.error} />}
        </div>
        <div className="min-h-0 flex-1 scroll-pt-16 overflow-y-auto overscroll-contain">
          <EditorHeader task={task} handle={handle} titleField={titleField} onClose={close} />
          <EditorTabs task={task} handle={handle} />
        </div>
        <ScopeChoice task={task} handle={handle} />
        <EditorFooter task={task} handle={handle} onCancel={close} onSave={() => void save()} />
      </Tabs.Root>
    </Modal>
  )
}

/** The two ways out. Closing keeps what was not saved and offers to go on with it. */
function useLeaving(task: Task, handle: TaskDraftHandle, titleField: RefObject<HTMLTextAreaElement | null>) {
  const { openTask, closeTask } = useOpenTask()
  const notificationId = useLocation({ select: ({ state }) => state.notificationId })
  const { mutate: markAsRead } = useMarkRead()
  const goOn = () => {
    wantDraft(task.id)
    openTask(task.id, { ...(notificationId && { notificationId }) })
  }
  const close = () => {
    closeTask()
    if (!handle.isDirty) return
    void notify('Changes not saved', {
      description: handle.draft.title,
      durationMs: 12_000,
      action: { label: 'Keep editing', run: goOn },
    })
  }
  const save = async () => {
    if (handle.draft.title.trim() === '') return titleField.current?.focus()
    if (handle.isDirty && !(await handle.submit())) return
    if (notificationId && handle.changed.includes('reminders')) markAsRead([notificationId])
    closeTask()
  }
  return { close, save }
}

function EditorTabs({ task, handle }: { task: Task; handle: TaskDraftHandle }) {
  const hasReminders = task.reminders.length > 0 || handle.draft.reminders.length > 0
  return (
    <>
      <Tabs.List
        aria-label="Parts of the task"
        className="sticky top-0 z-10 mx-5 flex flex-wrap gap-x-3 border-b border-line bg-surface pe-8 pt-4 sm:gap-x-4"
      >
        <Tabs.Trigger value="details" className={tabClass}>
          Details
        </Tabs.Trigger>
        <Tabs.Trigger value="history" className={tabClass}>
          History
        </Tabs.Trigger>
        {task.seriesId && (
          <Tabs.Trigger value="series" className={tabClass}>
            Series
          </Tabs.Trigger>
        )}
        {hasReminders && (
          <Tabs.Trigger value="reminders" className={tabClass}>
            Reminder log
          </Tabs.Trigger>
        )}
      </Tabs.List>
      <div className="px-5 py-4">
        <Tabs.Content value="details" tabIndex={-1} className="outline-none">
          <TaskFields task={task} handle={handle} />
        </Tabs.Content>
        <Tabs.Content value="history">
          <HistoryTab taskId={task.id} />
        </Tabs.Content>
        <Tabs.Content value="series">
          <SeriesTab task={task} handle={handle} />
        </Tabs.Content>
        <Tabs.Content value="reminders">
          <RemindersLog taskId={task.id} />
        </Tabs.Content>
      </div>
    </>
  )
}
