import type { Recurrence } from '@todo/model/task'
import { useSyncExternalStore } from 'react'

type Describe = (recurrence: Pick<Recurrence, 'rule' | 'start' | 'anchor'>) => string

let describe: Describe | null = null
const listeners = new Set<() => void>()

/** The words come with their own chunk; rules are plain until then. */
const plain: Describe = () => 'Repeats'

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (!describe) void load()
  return () => listeners.delete(listener)
}

let loading: Promise<void> | undefined

function load(): Promise<void> {
  loading ??= import('./describe-recurrence.ts').then((module) => {
    describe = module.describeRecurrence
    for (const listener of listeners) listener()
  })
  return loading
}

/** Says a rule in words: `Every 3 days, from completion`. */
export const useRecurrenceWords = (): Describe => useSyncExternalStore(subscribe, () => describe ?? plain)
