import type { Recurrence } from '@todo/model/task'
import { useSyncExternalStore } from 'react'
import { Chunk } from '../../ui/chunk.ts'

type Describe = (recurrence: Pick<Recurrence, 'rule' | 'start' | 'anchor'>, timeZone: string) => string

const words = new Chunk(() => import('./describe-recurrence.ts'))

/** The words come with their own chunk; rules are plain until then. */
const plain: Describe = () => 'Repeats'

function subscribe(listener: () => void): () => void {
  void words.preload()
  return words.subscribe(listener)
}

/** Says a rule in words: `Every 3 days, from completion`. */
export const useRecurrenceWords = (): Describe =>
  useSyncExternalStore(subscribe, () => words.value()?.describeRecurrence ?? plain)

/** Whether rules are in their words: rows that are drawn before would grow by them. Fetches them. */
export const useHasRecurrenceWords = (): boolean => useSyncExternalStore(subscribe, words.hasSettled)
