import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Chunk } from '../../ui/chunk.ts'
import { useLatest } from '../../ui/use-latest.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import type { LiveState } from './live-connection.ts'

/** Comes after what the first paint needs. */
const live = new Chunk(() => import('./open-live-updates.ts'))

/**
 * Keeps this tab in step with the server from when it is wanted for as long as it is mounted; answers how the
 * connection is. What changed before is fetched then.
 */
export function useLiveUpdates(isWanted: boolean): LiveState {
  const client = useQueryClient()
  const clock = useLatest(useDayClock())
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    if (!isWanted) return
    let isOver = false
    let close = () => {}
    void live.whenThere().then(({ openLiveUpdates }) => {
      if (!isOver) close = openLiveUpdates(client, () => clock.current, setState)
    })
    return () => {
      isOver = true
      close()
    }
  }, [client, clock, isWanted])
  return state
}
