import type { ChangeScope, PatchTask, Task } from '@todo/model/task'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiError, describeError } from '../../api/api-error.ts'
import { tasksApi } from '../../api/tasks-api.ts'
import { applyPatch, movedRule } from '../tasks/patch-task.ts'
import { changeTasks } from '../tasks/change-tasks.ts'
import { useTaskActions } from '../tasks/task-actions.ts'
import { taskCache } from '../tasks/task-cache.ts'
import { quoted } from '../tasks/task-words.ts'
import { scopeOf } from './change-scope.ts'
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
  const changed = changedFields(state.base, state.draft)
  const isDirty = changed.length > 0
  const [scope, setScope] = useState<ChangeScope | null>(null)
  const { submit, isSaving, error } = useSubmit(task, state, { setState, scope })
  const offer = useKeptDraft(task, state, isDirty, setState)

  useFollow(task, isSaving, setState)

  const set = <F extends DraftField>(field: F, value: TaskDraft[F]) =>
    setState((current) => ({ ...current, draft: { ...current.draft, [field]: value } }))
  const resolve = (field: DraftField, choice: 'mine' | 'theirs') =>
    setState((current) => ({
      ...current,
      conflicts: current.conflicts.filter((other) => other !== field),
      draft: choice === 'mine' ? current.draft : { ...current.draft, [field]: current.base[field] },
    }))
  return { ...state, changed, scope, setScope, set, resolve, submit, isDirty, isSaving, error, offer }
}

type SetDraft = (change: (state: DraftState) => DraftState) => void

interface SubmitOptions {
  setState: SetDraft
  /** What was chosen; null: what goes without saying. */
  scope: ChangeScope | null
}

/** Saves, and answers whether it did. A task that was changed meanwhile is saved over that change, or asked about. */
function useSubmit(task: Task, state: DraftState, { setState, scope }: SubmitOptions) {
  const client = useQueryClient()
  const [error, setError] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)
  const save = useSave(task, scope)
  const { offerBack } = useTaskActions()
  const attempt = async (draft: DraftState): Promise<boolean> => {
    try {
      await save(draft)
      dropDraft(task.id)
      // Saved as it is, and nothing else: the answer may have it in another form, without a space at its end.
      setState((current) => ({ ...current, base: draft.draft, conflicts: [] }))
      const back = { ...patchOf(draft.draft, draft.base), ...sentScope(task, draft, scope) }
      offerBack(task, { ...movedRule(task, back), ...back }, `${quoted([draft.draft])} saved`)
      return true
    } catch (reason) {
      const current = conflictingTask(reason)
      if (!current) throw reason
      const next = rebased(draft, current)
      setState(() => next)
      taskCache(client).receive(current)
      // What has to be chosen, or that it is in the bin now, is told above the fields.
      if (next.conflicts.length > 0 || current.deletedAt) return false
      if (current.version <= draft.version) throw reason
      return attempt(next)
    }
  }
  const submit = async (): Promise<boolean> => {
    setSaving(true)
    setError(null)
    try {
      return await attempt(state)
    } catch (reason) {
      setError(describeError(reason))
      return false
    } finally {
      setSaving(false)
    }
  }
  return { submit, isSaving, error }
}

/** Keeps what is not saved, for as long as there is such. Offers what was left here before; null when there is nothing. */
function useKeptDraft(task: Task, state: DraftState, isDirty: boolean, setState: SetDraft) {
  const [kept, setKept] = useState(() => (state.draft === state.base ? keptDraft(task.id) : null))
  useEffect(() => {
    const unsaved = isDirty ? { base: state.base, draft: state.draft, version: state.version } : kept
    if (unsaved) keepDraft(task.id, unsaved)
    else dropDraft(task.id)
  }, [isDirty, kept, state, task.id])
  if (!kept) return null
  return {
    restore: () => {
      setState(() => stateFromKept(task, kept))
      setKept(null)
    },
    discard: () => setKept(null),
  }
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
function useFollow(task: Task, isSaving: boolean, setState: SetDraft): void {
  const seen = useRef(task.version)
  useEffect(() => {
    if (isSaving || task.version <= seen.current) return
    seen.current = task.version
    setState((state) => (task.version > state.version ? rebased(state, task) : state))
  }, [task, isSaving, setState])
}

/** Saves only what was changed, and only over the version that it was changed from; takes it out of the bin first. */
function useSave(task: Task, scope: ChangeScope | null) {
  const client = useQueryClient()
  return (state: DraftState) => {
    const { base, draft, version } = state
    const patch = { ...patchOf(base, draft), ...sentScope(task, state, scope) }
    return changeTasks(taskCache(client), {
      taskIds: [task.id],
      apply: (shown) => shown && applyPatch({ ...shown, deletedAt: null }, patch),
      send: async (mutationId) => {
        if (task.deletedAt) await tasksApi.restore(task.id)
        // To be restored is a version of its own.
        const ifMatch = task.deletedAt ? version + 1 : version
        return [await tasksApi.patch(task.id, patch, { ifMatch, mutationId })]
      },
      refused: '',
      silent: true,
    })
  }
}

function sentScope(task: Task, { base, draft }: DraftState, chosen: ChangeScope | null): Pick<PatchTask, 'scope'> {
  const { scope } = scopeOf(task, changedFields(base, draft), chosen)
  return scope ? { scope } : {}
}

function conflictingTask(reason: unknown): Task | null {
  return reason instanceof ApiError && reason.status === 409 && reason.current ? (reason.current as Task) : null
}
