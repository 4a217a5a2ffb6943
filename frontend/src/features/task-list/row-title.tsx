import type { Task } from '@todo/model/task'
import { useEffect, useRef } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { rowTitle } from './use-cursor.ts'
import { useRowActions } from './row-actions.ts'

/** The title opens the task; F2 or the pencil turns it into a field where it stands. */
export function RowTitle({ task, isRenaming, tabIndex }: { task: Task; isRenaming: boolean; tabIndex: number }) {
  const actions = useRowActions()
  if (isRenaming) return <TitleField task={task} />
  return (
    <button
      type="button"
      data-row-title
      tabIndex={tabIndex}
      onClick={() => actions.open(task)}
      className={classNames(
        'thumb-title block w-full text-start leading-[1.3125rem] font-medium [overflow-wrap:anywhere] outline-none transition-colors pointer-coarse:min-h-6',
        task.completedAt && 'text-ink-3 line-through decoration-1',
      )}
    >
      <span dir="auto">{task.title}</span>
    </button>
  )
}

/** Enter and leaving the field save, Escape puts back. An empty title is not saved. */
function TitleField({ task }: { task: Task }) {
  const actions = useRowActions()
  const field = useRef<HTMLTextAreaElement>(null)
  const isOver = useRef(false)
  useEffect(() => field.current?.select(), [])
  const finish = (saves: boolean, returnsFocus: boolean) => {
    if (isOver.current) return
    isOver.current = true
    const title = field.current?.value.replace(/\s+/gu, ' ').trim() ?? ''
    if (saves && title !== '' && title !== task.title) actions.rename(task, title)
    actions.endRename(task)
    if (returnsFocus) requestAnimationFrame(() => rowTitle(task.id)?.focus({ preventScroll: true }))
  }
  return (
    <textarea
      ref={field}
      aria-label="Title"
      dir="auto"
      rows={1}
      maxLength={500}
      defaultValue={task.title}
      onClick={(event) => event.stopPropagation()}
      onBlur={() => finish(true, false)}
      onKeyDown={(event) => {
        // Of an input method these keys end a word, not the title.
        if ((event.key !== 'Enter' && event.key !== 'Escape') || event.nativeEvent.isComposing) return
        event.preventDefault()
        finish(event.key === 'Enter', true)
      }}
      className="-mx-1.5 -my-[3px] block field-sizing-content w-[calc(100%+12px)] resize-none rounded-control border border-accent bg-surface px-[5px] py-[2px] leading-[1.3125rem] font-medium outline-2 -outline-offset-1 outline-focus/40"
    />
  )
}
