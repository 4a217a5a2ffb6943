import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

type Search = Record<string, string | undefined>

/** The task that the address opens: `?task=<id>` on any screen. */
export function useOpenTask() {
  const navigate = useNavigate()
  const { task: openTaskId } = useSearch({ strict: false }) as { task?: string }
  const openTask = useCallback(
    (taskId: string) =>
      void navigate({ to: '.', search: (search: Search) => ({ ...search, task: taskId }), resetScroll: false }),
    [navigate],
  )
  const closeTask = useCallback(
    () =>
      void navigate({
        to: '.',
        search: ({ task: _task, ...search }: Search) => search,
        resetScroll: false,
        replace: true,
      }),
    [navigate],
  )
  return { openTaskId, openTask, closeTask }
}
