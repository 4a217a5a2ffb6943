import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { ApiError, describeError } from '../../api/api-error.ts'
import { channelsApi } from '../../api/channels-api.ts'
import { Button } from '../../ui/button.tsx'
import { AuthFrame } from '../auth/auth-frame.tsx'
import { SettingsLink } from '../auth/auth-links.tsx'

const MAILS = {
  reminders: {
    what: 'reminders by e-mail',
    stopped: 'No more reminders come by e-mail.',
    rest: 'In the app and by your other channels they still reach you. The daily digest comes by e-mail no more, either.',
    back: 'switch on E-mail among the channels',
  },
  digest: {
    what: 'the daily digest',
    stopped: 'No more daily digests come.',
    rest: 'Reminders of single tasks are not changed by it.',
    back: 'switch on Daily digest among the reminders',
  },
} as const

/** A link of a mail was followed: it asks once, since programs that look through mails follow links too. */
export function UnsubscribeScreen() {
  const { token = '' } = useSearch({ strict: false }) as { token?: string }
  const stop = useMutation({ mutationFn: () => channelsApi.unsubscribe(token) })
  const mails = mailsOf(token)
  if (!mails || isRefused(stop.error)) {
    return (
      <AuthFrame title="This link does not work" lead="It may have been cut off on its way.">
        <p className="text-s text-ink-2">
          Copy all of it from the mail, or choose in the <SettingsLink>settings</SettingsLink> which mails you get.
        </p>
      </AuthFrame>
    )
  }
  if (stop.isSuccess) {
    return (
      <AuthFrame title="You are unsubscribed" lead={`${mails.stopped} ${mails.rest}`}>
        <p className="text-s text-ink-2">
          Changed your mind? In the <SettingsLink>settings</SettingsLink>, {mails.back}.
        </p>
      </AuthFrame>
    )
  }
  return (
    <AuthFrame title={`Stop ${mails.what}?`} lead={mails.rest}>
      <div className="grid gap-4">
        {stop.error && (
          <p role="alert" className="rounded-control bg-high-soft px-3 py-2 text-s text-high-ink">
            {describeError(stop.error)}
          </p>
        )}
        <Button variant="primary" className="min-h-10" isBusy={stop.isPending} onClick={() => stop.mutate()}>
          {stop.isPending ? 'Stopping…' : `Stop ${mails.what}`}
        </Button>
      </div>
    </AuthFrame>
  )
}

/** What a token ends is its first word; whether it is one of ours the server knows. */
function mailsOf(token: string): (typeof MAILS)[keyof typeof MAILS] | undefined {
  const [what = ''] = token.split('.')
  return Object.hasOwn(MAILS, what) ? MAILS[what as keyof typeof MAILS] : undefined
}

const isRefused = (error: Error | null): boolean => error instanceof ApiError && !error.isTemporary
