import { FAULT_KINDS } from '../support/fault.ts'
import type { Fault } from '../support/fault.ts'
import type { Seeded } from '../support/seeded.ts'
import { ABSENCE_FAULTS } from './absence-faults.ts'
import { POISON_FAULTS } from './poison-faults.ts'
import { POINT_FAULTS, PROCESS_FAULTS } from './process-faults.ts'
import { REDELIVERY_FAULTS } from './redelivery-faults.ts'
import { RESTART_FAULTS } from './restart-faults.ts'

/** Everything that goes wrong. */
const FAULTS: readonly Fault[] = [
  ...REDELIVERY_FAULTS,
  ...POINT_FAULTS,
  ...PROCESS_FAULTS,
  ...ABSENCE_FAULTS,
  ...POISON_FAULTS,
  ...RESTART_FAULTS,
]

/** A test run has no more time for a single fault. */
const SHORT_SECONDS = 20

/** One fault of each kind: of those that are short, or the shortest. */
export function oneOfEachKind(random: Seeded): Fault[] {
  return FAULT_KINDS.map((kind) => {
    const alike = FAULTS.filter((fault) => fault.kind === kind)
    const least = Math.min(...alike.map(({ seconds }) => seconds))
    return random.pick(alike.filter(({ seconds }) => seconds <= Math.max(SHORT_SECONDS, least)))
  })
}

/** Those whose name has the words, in an order of chance; events come again from the earliest while there are few. */
export function campaign(random: Seeded, only = ''): Fault[] {
  const words = only.toLowerCase().split(/\s+/)
  const chosen = FAULTS.filter(({ name, kind }) =>
    words.every((word) => `${kind} ${name}`.toLowerCase().includes(word)),
  )
  const isFirst = ({ kind }: Fault) => kind === 'redelivery'
  const shuffled = random.shuffle(chosen)
  return [...shuffled.filter(isFirst), ...shuffled.filter((fault) => !isFirst(fault))]
}
