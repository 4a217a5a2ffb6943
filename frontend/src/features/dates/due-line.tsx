import type { PlainPart } from '@todo/model/quick-add/quick-add'
import type { Due } from '@todo/model/task'
import { dayIn } from '@todo/model/wall-clock'
import CornerDownLeft from 'lucide-react/icons/corner-down-left'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { inputClass } from '../../ui/text-field.tsx'
import { useMediaQuery } from '../../ui/use-media-query.ts'
import { useReader, wantReader } from '../quick-add/read-line.ts'
import { useDayClock } from './day-clock.tsx'
import { describeDue } from './due-phrase.ts'
import { readDue, type WrittenDue } from './read-due.ts'

interface DueLineProps {
  chosen: Due | null
  /** Where it is now, for whoever writes `in 2 hours`. */
  zone: string
  /** Fills in what a line leaves out. */
  dueOf: (written: WrittenDue) => Due
  onChoose: (due: Due) => void
  /** The usual days; what a line means stands in their place. */
  children: ReactNode
}

const EXAMPLES = 'fri 9am, 12 Dec, in 3 days'

/**
 * When, in words. With a keyboard at hand it has the focus from the start; under a thumb it comes after the usual days,
 * and no keyboard opens before it is touched.
 */
export function DueLine({ children, ...asked }: DueLineProps) {
  const { line, write, due, isRead, isRefused, submit } = useDueLine(asked)
  const hasKeyboard = useMediaQuery('(pointer: fine)')
  const meaningId = useId()
  const isWriting = line.trim() !== ''
  const field = (
    <form
      className="my-1"
      onSubmit={(event) => {
        event.preventDefault()
        // React hands it on to the form that the popover hangs on, which would add its task.
        event.stopPropagation()
        void submit()
      }}
    >
      <input
        value={line}
        onChange={({ target }) => write(target.value)}
        autoFocus={hasKeyboard}
        aria-label="Due date in words"
        aria-describedby={isWriting ? meaningId : undefined}
        aria-invalid={isRefused || undefined}
        placeholder={EXAMPLES}
        autoComplete="off"
        enterKeyHint="done"
        dir="auto"
        className={inputClass}
      />
    </form>
  )
  return (
    <>
      {hasKeyboard && field}
      <div className="grid *:[grid-area:1/1]">
        <div className={classNames(isWriting && 'invisible')}>{children}</div>
        <div
          id={meaningId}
          aria-live="polite"
          className={classNames(!hasKeyboard && 'self-end', !isWriting && 'pointer-events-none')}
        >
          {due && <Understood due={due} onChoose={asked.onChoose} />}
          {isWriting && isRead && !due && <Unread isRefused={isRefused} />}
        </div>
      </div>
      {!hasKeyboard && field}
    </>
  )
}

const NOTHING_PLAIN: readonly PlainPart[] = []

function useDueLine({ chosen, zone, dueOf, onChoose }: Omit<DueLineProps, 'children'>) {
  const { read, isThere, whenThere } = useReader(NOTHING_PLAIN, zone)
  const today = dayIn(useDayClock().now, zone)
  const [line, setLine] = useState('')
  const [isRefused, setRefused] = useState(false)
  // What was sent off before it could be read: not any more, once something else is written or the popover is closed.
  const sent = useRef<string | null>(null)
  useEffect(() => () => void (sent.current = null), [])
  const dueBy = (reader: typeof read) => {
    const written = line.trim() === '' ? null : readDue(line, reader(line), { chosen, today })
    return written && dueOf(written)
  }
  const write = (text: string) => {
    sent.current = null
    setLine(text)
    setRefused(false)
    wantReader()
  }
  const submit = async () => {
    if (line.trim() === '' || sent.current !== null) return
    sent.current = line
    const reader = await whenThere()
    if (sent.current !== line) return
    sent.current = null
    const due = dueBy(reader)
    if (due) onChoose(due)
    else setRefused(true)
  }
  return { line, write, due: dueBy(read), isRead: isThere, isRefused, submit }
}

function Understood({ due, onChoose }: Pick<DueLineProps, 'onChoose'> & { due: Due }) {
  const clock = useDayClock()
  return (
    <button
      type="button"
      onClick={() => onChoose(due)}
      className="flex min-h-8 w-full items-center gap-2.5 rounded-control bg-hover px-2 text-s pointer-coarse:min-h-10"
    >
      <CornerDownLeft aria-hidden className="size-4 text-ink-3" />
      {describeDue(due, clock).text}
    </button>
  )
}

function Unread({ isRefused }: { isRefused: boolean }) {
  return (
    <p className={classNames('px-2 py-1.5 text-xs', isRefused ? 'text-high-ink' : 'text-ink-2')}>
      {isRefused && 'That is no day and no time. '}Write it as {EXAMPLES}.
    </p>
  )
}
