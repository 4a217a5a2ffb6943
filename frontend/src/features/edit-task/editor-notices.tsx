import type { ReactNode } from 'react'
import { useDayClock } from '../dates/day-clock.tsx'
import { useLists } from '../sidebar/overview.ts'
import { describeValue } from './describe-value.ts'
import { type DraftField, FIELD_NAMES } from './task-draft.ts'
import type { TaskDraftHandle } from './use-task-draft.ts'

function Notice({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="grid gap-2 rounded-control bg-medium-soft px-3 py-2.5 text-s text-medium-ink">
      {children}
    </div>
  )
}

const choiceClass =
  'rounded-control border border-current/30 px-2 py-0.5 text-xs font-semibold hover:bg-surface/60 pointer-coarse:py-1.5'

export function Problem({ text }: { text: string }) {
  return (
    <div role="alert" className="rounded-control bg-high-soft px-3 py-2 text-s text-high-ink">
      Not saved. {text}
    </div>
  )
}

export function KeptDraftNotice({ restore, discard }: { restore: () => void; discard: () => void }) {
  return (
    <Notice>
      <div className="flex flex-wrap items-center gap-2">
        <span className="flex-1">You left changes here that were not saved.</span>
        <button type="button" className={choiceClass} onClick={restore}>
          Take them up
        </button>
        <button type="button" className={choiceClass} onClick={discard}>
          Discard
        </button>
      </div>
    </Notice>
  )
}

/** Also for a task that somebody deletes while it is open here: what was typed can still be saved. */
export function BinNotice({ isDirty }: { isDirty: boolean }) {
  return (
    <Notice>
      <p>This task was deleted: it is in the bin.{isDirty && ' To keep what you changed, restore it and save.'}</p>
    </Notice>
  )
}

/** What was changed elsewhere while it was being changed here: the person chooses, field by field. */
export function ConflictNotice({ handle }: { handle: TaskDraftHandle }) {
  const lists = useLists()
  const clock = useDayClock()
  const say = (field: DraftField, value: unknown) => describeValue(field, value, { lists, clock })
  return (
    <Notice>
      <p className="font-semibold">This task was changed elsewhere in the meantime.</p>
      <ul className="grid gap-2">
        {handle.conflicts.map((field) => (
          <li key={field} className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              <b className="font-semibold">{FIELD_NAMES[field]}:</b> theirs “{say(field, handle.base[field])}”, yours “
              {say(field, handle.draft[field])}”
            </span>
            <button type="button" className={choiceClass} onClick={() => handle.resolve(field, 'mine')}>
              Keep mine
            </button>
            <button type="button" className={choiceClass} onClick={() => handle.resolve(field, 'theirs')}>
              Take theirs
            </button>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
