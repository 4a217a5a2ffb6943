import type { ImportReport } from '@todo/model/api'
import type { ReactNode } from 'react'
import { useOpenTask } from '../edit-task/open-task.ts'

/** What was made, what was there already, and every line that could not be kept, with the reason. */
export function ImportReportView({ report, fileName }: { report: ImportReport; fileName: string }) {
  const { openTask } = useOpenTask()
  const { created, unchanged, notKept } = report
  const tasks = (items: ImportReport['created']) =>
    items.map(({ taskId, subtaskId, title, line }) => (
      <Line key={subtaskId ?? taskId} line={line}>
        <button
          type="button"
          dir="auto"
          onClick={() => openTask(taskId)}
          className="text-start underline-offset-2 hover:underline"
        >
          {title}
        </button>
      </Line>
    ))
  return (
    <div role="status" className="grid gap-2 text-s">
      <p className="font-medium">
        {fileName}: {countMade(created)} made, {unchanged.length} here already, {count(notKept.length, 'line')} not
        kept.
      </p>
      <Part title={`Made (${created.length})`}>{tasks(created)}</Part>
      <Part title={`Here already (${unchanged.length})`}>{tasks(unchanged)}</Part>
      <Part title={`Not kept (${notKept.length})`} isOpen>
        {notKept.map(({ line, content, reason }) => (
          <Line key={`${line} ${content} ${reason}`} line={line}>
            <code className="text-xs text-ink-2">{content}</code>
            <span className="block">{reason}</span>
          </Line>
        ))}
      </Part>
    </div>
  )
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

function countMade(created: ImportReport['created']): string {
  const tasks = created.filter(({ subtaskId }) => subtaskId === null).length
  const subtasks = created.length - tasks
  return count(tasks, 'task') + (subtasks > 0 ? ` and ${count(subtasks, 'subtask')}` : '')
}

function Part({ title, isOpen, children }: { title: string; isOpen?: boolean; children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <details open={isOpen} className="rounded-control border border-line">
      <summary className="cursor-pointer px-3 py-2 font-medium">{title}</summary>
      <ul className="grid max-h-72 gap-2 overflow-y-auto border-t border-line px-3 py-2">{children}</ul>
    </details>
  )
}

function Line({ line, children }: { line: number; children: ReactNode }) {
  return (
    <li className="flex gap-3 [overflow-wrap:anywhere]">
      <span className="w-16 shrink-0 text-xs text-ink-2 tabular-nums">line {line}</span>
      <span className="min-w-0">{children}</span>
    </li>
  )
}
