import { type AnyRouter, type HistoryState, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

type Search = Record<string, string | undefined>

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The entry before this one is the same screen without the task. */
    isOverScreen?: boolean
    /** The task was opened to choose when to be reminded. */
    choosesReminder?: boolean
    /** What said so: it is read when the time is saved. */
    notificationId?: string
  }
}

type Asked = Pick<HistoryState, 'choosesReminder' | 'notificationId'>

let leftEntry: string | undefined

/**
 * Goes back, which takes a moment, in which a second Escape would go back once more. Later the same entry may be come to
 * again, by the way forward.
 */
function leave(entry: string | undefined, router: Pick<AnyRouter, 'history' | 'subscribe'>): void {
  if (leftEntry === entry) return
  leftEntry = entry
  const stop = router.subscribe('onResolved', () => {
    leftEntry = undefined
    stop()
  })
  router.history.back()
}

/** The task that the address opens: `?task=<id>` on any screen. */
export function useOpenTask() {
  const navigate = useNavigate()
  const router = useRouter()
  const { task: openTaskId } = useSearch({ strict: false }) as { task?: string }
  const openTask = useCallback(
    (taskId: string, { choosesReminder = false, notificationId }: Asked = {}) => {
      const { search, state } = router.state.location
      // One task after another takes its place: what closes it leads to the screen.
      const isOpen = 'task' in search
      void navigate({
        to: '.',
        search: (current: Search) => ({ ...current, task: taskId }),
        state: {
          isOverScreen: !isOpen || state.isOverScreen === true,
          choosesReminder,
          ...(notificationId && { notificationId }),
        },
        resetScroll: false,
        replace: isOpen,
      })
    },
    [navigate, router],
  )
  const closeTask = useCallback(() => {
    // The way back, not a second entry of the same screen that the back button would stop at.
    const { isOverScreen, __TSR_key: entry } = router.state.location.state
    if (isOverScreen) return leave(entry, router)
    void navigate({
      to: '.',
      search: ({ task: _task, ...search }: Search) => search,
      resetScroll: false,
      replace: true,
    })
  }, [navigate, router])
  return { openTaskId, openTask, closeTask }
}
