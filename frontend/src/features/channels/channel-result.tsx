import type { Channel } from '@todo/model/channels'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { describeError } from '../../api/api-error.ts'
import { channelsApi } from '../../api/channels-api.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { usePerson } from '../account/person.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { describeLastTry, titleOf } from './channel-words.ts'

/** Later than this, something is slow, and the person may go on. */
const USUAL_MS = 20_000

/** What became of the last try, and a button that tries it now. The result comes by the live stream. */
export function ChannelResult({ channel }: { channel: Channel }) {
  const clock = useDayClock()
  const test = useTest(channel)
  const { lastTry } = channel
  const tone = lastTry === null ? 'bg-control' : lastTry.error === null ? 'bg-accent' : 'bg-high'
  const words = test.words ?? describeLastTry(lastTry, clock)
  return (
    <>
      <p className="flex min-w-0 flex-auto items-baseline gap-2 text-xs text-ink-2">
        <span
          aria-hidden
          className={classNames(
            'size-2 shrink-0 rounded-full',
            test.isWaiting ? 'animate-pulse bg-control' : test.hasFailed ? 'bg-high' : tone,
          )}
        />
        <span className="[overflow-wrap:anywhere]">{words}</span>
      </p>
      {/* What is seen goes with the minutes, of which nobody wants to hear. */}
      <span role="status" className="sr-only">
        {test.news}
      </span>
      <Button
        aria-label={`Test ${titleOf(channel)}`}
        className="shrink-0 !px-3"
        isBusy={test.isWaiting}
        disabled={!channel.isOn}
        onClick={test.run}
      >
        Test
      </Button>
    </>
  )
}

function useTest({ id, lastTry }: Channel) {
  // The try before the test: the next one is its result.
  const [since, setSince] = useState<string | null>()
  const [isSlow, setSlow] = useState(false)
  const at = lastTry?.at ?? null
  const send = useMutation({ mutationFn: () => channelsApi.test(id), onError: () => setSince(undefined) })
  // What was refused until the address was confirmed is not any more.
  const { emailConfirmed } = usePerson()
  const { reset } = send
  useEffect(reset, [emailConfirmed, reset])
  const isOut = since !== undefined && since === at
  const isWaiting = isOut && !isSlow
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => setSlow(true), USUAL_MS)
    return () => clearTimeout(timer)
  }, [isWaiting])
  const run = () => {
    setSlow(false)
    setSince(at)
    send.mutate()
  }
  const words = send.error
    ? `Not sent: ${describeError(send.error)}`
    : isWaiting
      ? 'On its way…'
      : isOut
        ? 'Not there yet: what becomes of it shows here.'
        : undefined
  const outcome = lastTry?.error ? `The test has failed: ${lastTry.error}` : 'The test has arrived'
  const news = words ?? (since === undefined ? '' : outcome)
  return { run, isWaiting, words, news, hasFailed: send.isError }
}
