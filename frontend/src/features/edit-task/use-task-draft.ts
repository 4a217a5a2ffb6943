import type { Task } from '@todo/model/task'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiError, describeError } from '../../api/api-error.ts'
import { tasksApi } from '../../api/tasks-api.ts'
import { applyPatch } from '../tasks/patch-task.ts'
import { changeTasks } from '../tasks/change-tasks.ts'
import { taskCache } from '../tasks/task-cache.ts'
import { dropDraft, isDraftWanted, keepDraft, keptDraft } from './kept-drafts.ts'
import { changedFields, type DraftField, draftOf, patchOf, rebaseDraft, type TaskDraft } from './task-draft.ts'

interface DraftState {
  base: TaskDraft
  version: number
  draft: TaskDraft
  conflicts: DraftField[]
}

export type TaskDraftHandle = ReturnType<typeof useTaskDraft>

/**
 * What is being edited, over what the task was when the editing began. Changes from elsewhere flow into the fields
 * that were not touched; where both sides changed one, the person chooses. Nothing that was typed gets lost.
 */
export function useTaskDraft(task: Task) {
  const [state, setState] = useState<DraftState>(() => openingState(task))
  const [error, setError] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)
  const [offered, setOffered] = useState(() => (state.draft === state.base ? keptDraft(task.id) : null))
  const save = useSave(task)
  const fields = changedFields(state.base, state.draft)
  const isDirty = fields.length > 0

  useFollow(task, isSaving, setState)
  useEffect(() => {
    if (isDirty) keepDraft(task.id, { base: state.base, draft: state.draft, version: state.version })
  }, [isDirty, state, task.id])

  const set = <F extends DraftField>(field: F, value: TaskDraft[F]) =>
    setState((current) => ({ ...current, draft: { ...current.draft, [field]: value } }))
  const resolve = (field: DraftField, choice: 'mine' | 'theirs') =>
    setState((current) => ({
      ...current,
      conflicts: current.conflicts.filter((other) => other !== field),
      draft: choice === 'mine' ? current.draft : { ...current.draft, [field]: current.base[field] },
    }))

  /** Answers whether it was saved. */
  const submit = async (): Promise<boolean> => {
    setSaving(true)
    setError(null)
    try {
      await save(state)
      dropDraft(task.id)
      return true
    } catch (reason) {
      const current = conflictingTask(reason)
      if (!current) setError(describeError(reason))
      else setState((before) => rebased(before, current))
      return false
    } finally {
      setSaving(false)
    }
  }
  const offer = offered && {
    restore: () => {
      setState((current) => ({ ...current, ...stateFromKept(task, offered) }))
      setOffered(null)
    },
    discard: () => {
      dropDraft(task.id)
      setOffered(null)
    },
  }
  return { ...state, set, resolve, submit, isDirty, isSaving, error, offer }
}

function openingState(task: Task): DraftState {
  const base = draftOf(task)
  const kept = isDraftWanted(task.id) ? keptDraft(task.id) : null
  return kept ? stateFromKept(task, kept) : { base, version: task.version, draft: base, conflicts: [] }
}

function stateFromKept(task: Task, kept: NonNullable<ReturnType<typeof keptDraft>>): DraftState {
  return rebased({ ...kept, conflicts: [] }, task)
}

function rebased(state: DraftState, task: Task): DraftState {
  const current = draftOf(task)
  const { draft, conflicts } = rebaseDraft(state.base, state.draft, current)
  const open = [...new Set([...state.conflicts, ...conflicts])]
  return { base: current, version: task.version, draft, conflicts: open }
}

/** Takes in what changed elsewhere while the dialog is open; not the answer to its own saving. */
function useFollow(task: Task, isSaving: boolean, setState: (change: (state: DraftState) => DraftState) => void): void {
  const seen = useRef(task.version)
  useEffect(() => {
    if (isSaving || task.version <= seen.current) return
    seen.current = task.version
    setState((state) => (task.version > state.version ? rebased(state, task) : state))
  }, [task, isSaving, setState])
}

/** Saves only what was changed, and only over the version that it was changed from. */
function useSave(task: Task) {
  const client = useQueryClient()
  return ({ base, draft, version }: DraftState) => {
    const patch = patchOf(base, draft)
    return changeTasks(taskCache(client), {
      taskIds: [task.id],
      apply: (shown) => shown && applyPatch(shown, patch),
      send: async (mutationId) => [await tasksApi.patch(task.id, patch, { ifMatch: version, mutationId })],
      refused: '',
      silent: true,
    })
  }
}

function conflictingTask(reason: unknown): Task | null {
  return reason instanceof ApiError && reason.status === 409 && reason.current ? (reason.current as Task) : null
}
