import { Button } from '../../ui/button.tsx'
import { isUnconfirmed, usePerson } from '../account/person.ts'
import { useAskToConfirm } from './use-ask-to-confirm.ts'

/** On the channel of mails: why none come yet, and a way to make them come. */
export function ConfirmNote() {
  return isUnconfirmed(usePerson()) && <Unconfirmed />
}

function Unconfirmed() {
  const { email, ask, isPending, words } = useAskToConfirm()
  return (
    <div className="mt-2 grid justify-items-start gap-2 rounded-control bg-medium-soft px-3 py-2.5 text-xs text-medium-ink [overflow-wrap:anywhere]">
      <p>
        <b className="font-semibold">Not confirmed yet.</b> Mails begin when you follow the link that was sent to{' '}
        <span className="inline-block">{email}.</span>
      </p>
      <Button isBusy={isPending} onClick={ask}>
        {isPending ? 'Sending…' : 'Send the link again'}
      </Button>
      <p role="status" className={words ? undefined : 'sr-only'}>
        {words}
      </p>
    </div>
  )
}
