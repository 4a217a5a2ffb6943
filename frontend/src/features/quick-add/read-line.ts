import type { PlainPart, QuickAdd } from '@todo/model/quick-add/quick-add'
import { useMemo, useSyncExternalStore } from 'react'
import { Chunk } from '../../ui/chunk.ts'
import { usePerson } from '../account/person.ts'
import { useToday } from '../dates/day-clock.tsx'
import { useLists } from '../sidebar/overview.ts'

/** What understands a line, dates and rules included, comes when somebody begins to write one. */
const parser = new Chunk(async () => (await import('@todo/model/quick-add/parse-quick-add')).parseQuickAdd)

type Reader = (line: string) => QuickAdd

/** Until the parser is there, a line is a title. */
const plainly: Reader = (line) => ({
  title: line,
  due: null,
  recurrence: null,
  priority: null,
  tags: [],
  listId: null,
  reminders: [],
  parts: [],
})

interface Reading {
  read: Reader
  /** False: a line is a title as yet. */
  isThere: boolean
  whenThere: () => Promise<Reader>
}

/**
 * How lines are read for this person now, but for what they have taken back; and as soon as that can be done.
 * @param zone in which it is now; that of the person when left out
 */
export function useReader(plain: readonly PlainPart[], zone?: string): Reading {
  const person = usePerson()
  const { weekStart } = person
  const timeZone = zone ?? person.timeZone
  const lists = useLists()
  const today = useToday()
  const parse = useSyncExternalStore(parser.subscribe, parser.value)
  return useMemo(() => {
    const readWith =
      (parseLine: NonNullable<typeof parse>): Reader =>
      (line) =>
        parseLine(line, { now: new Date(), timeZone, weekStart, lists: lists.filter(isWritable), plain })
    return {
      read: parse ? readWith(parse) : plainly,
      isThere: parse !== undefined,
      whenThere: async () => readWith(await parser.whenThere()),
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `today`: a line that stands over midnight is read anew
  }, [parse, timeZone, weekStart, lists, plain, today])
}

const isWritable = ({ role }: { role: string }) => role !== 'viewer'

export const wantReader = (): void => void parser.want()
