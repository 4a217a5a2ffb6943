import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import LogOut from 'lucide-react/icons/log-out'
import { authApi } from '../../api/auth-api.ts'
import { describeError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notify.ts'
import { leave } from '../account/leave.ts'
import { announceSession } from '../account/session-tabs.ts'
import { endPush } from '../channels/this-device.ts'

/** Ends the session here and in the other tabs. */
export function useLeave(): () => Promise<void> {
  const client = useQueryClient()
  const router = useRouter()
  return () => {
    announceSession('ended')
    return leave(router, client)
  }
}

export function SignOut() {
  const leave = useLeave()
  const signOut = useMutation({
    mutationFn: async () => {
      // Whoever sits here next gets nothing of this person's. The session ends also where that fails.
      await endPush().catch(() => {})
      await authApi.signOut()
    },
    onSuccess: leave,
    onError: (error) => notify('Signing out did not work', { description: describeError(error), tone: 'error' }),
  })
  return (
    <div className="flex items-center justify-between gap-4">
      <p className="text-s text-ink-2">Sign out on this device.</p>
      <Button icon={<LogOut size={15} />} isBusy={signOut.isPending} onClick={() => signOut.mutate()}>
        Sign out
      </Button>
    </div>
  )
}
