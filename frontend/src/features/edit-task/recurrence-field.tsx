import { zonedInstant } from '@todo/model/due'
import { readRecurrenceRule, RecurrenceRuleError } from '@todo/model/recurrence-rule'
import { nextOccurrence, occurrences } from '@todo/model/recurrence'
import { presetOf, presetRule, type RecurrencePreset } from '@todo/model/recurrence-presets'
import { endOf, endsOtherwise, type RecurrenceEnd, withEnd, withoutEnd } from '@todo/model/recurrence-end'
import type { Due, Recurrence, Task } from '@todo/model/task'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useMemo, useState } from 'react'
import { MenuButton } from '../../ui/menu-button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { usePerson } from '../account/person.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { formatDay } from '../dates/describe-date.ts'
import { describeRecurrence } from '../recurrence/describe-recurrence.ts'
import { CustomRule } from '../recurrence/custom-rule.tsx'
import { startOf } from '../recurrence/due-patch.ts'
import { PRESET_NAMES, PRESETS } from '../recurrence/preset-names.ts'
import { SeriesDatesField } from '../recurrence/series-dates-field.tsx'
import { fieldClass } from './field-class.ts'
import { RecurrenceEndField } from './recurrence-end-field.tsx'

interface RecurrenceFieldProps {
  due: Due | null
  recurrence: Recurrence | null
  /** The task as it is saved: another end of its rule counts on from where it is. */
  saved: Pick<Task, 'recurrence' | 'occurrenceNumber'>
  /** A rule on a task without a due date brings one along. */
  onChange: (change: { recurrence: Recurrence | null; due?: Due }) => void
}

/** How often: a preset, or a rule from elsewhere in words, which stays until another is chosen; from when, how long. */
export function RecurrenceField({ due, recurrence, saved, onChange }: RecurrenceFieldProps) {
  const { today } = useDayClock()
  const person = usePerson()
  const timeZone = due?.timeZone ?? person.timeZone
  const current = recurrence ? readPreset(recurrence) : 'none'
  const [isCustom, setCustom] = useState(current === 'custom')
  const choose = (preset: RecurrencePreset) => {
    setCustom(false)
    const from = due ?? { date: today, time: null, timeZone: null }
    const start = startOf(from)
    const anchor = recurrence?.anchor ?? 'due'
    const rule = presetRule(preset, start, anchor)
    if (rule === null) return onChange({ recurrence: null })
    const fresh = { rule: withEnd(rule, readEnd(recurrence, timeZone)), anchor, start, exceptions: [], additions: [] }
    return onChange({ recurrence: fresh, ...(!due && { due: from }) })
  }
  const chooseCustom = () => {
    if (!recurrence) choose('weekly')
    setCustom(true)
  }
  const countFrom = (anchor: Recurrence['anchor']) => {
    if (!recurrence) return
    const rule = current === 'custom' ? null : presetRule(current, recurrence.start, anchor)
    const ended = rule === null ? recurrence.rule : withEnd(rule, readEnd(recurrence, timeZone))
    onChange({ recurrence: { ...recurrence, anchor, rule: ended } })
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <MenuButton
        menuLabel="Recurrence"
        className={fieldClass}
        entries={() => [
          ...PRESETS.map((preset) => ({
            label: PRESET_NAMES[preset],
            isChecked: preset === current && !isCustom,
            onSelect: () => choose(preset),
          })),
          { label: 'Custom…', isChecked: isCustom, onSelect: chooseCustom },
        ]}
      >
        <span className={`min-w-0 flex-1 ${recurrence ? '' : 'text-ink-2'}`}>
          {recurrence ? describeRecurrence(recurrence, timeZone) : 'None'}
        </span>
        <ChevronDown size={15} aria-hidden className="text-ink-3" />
      </MenuButton>
      {recurrence && (
        <>
          <NextDates recurrence={recurrence} due={due} number={numberIn(saved, recurrence)} timeZone={timeZone} />
          {isCustom && isReadable(recurrence) && (
            <CustomRule
              recurrence={recurrence}
              timeZone={timeZone}
              onChange={(rule) => onChange({ recurrence: { ...recurrence, rule } })}
            />
          )}
          <Segmented
            label="Counted from"
            value={recurrence.anchor}
            options={[
              { value: 'due', label: 'From due date' },
              { value: 'completion', label: 'From completion' },
            ]}
            onChange={countFrom}
          />
          {isReadable(recurrence) && (
            <RecurrenceEndField
              recurrence={recurrence}
              timeZone={timeZone}
              onChange={(rule) => onChange({ recurrence: { ...recurrence, rule } })}
            />
          )}
          {(isCustom || hasDates(recurrence)) && (
            <SeriesDatesField recurrence={recurrence} onChange={(changed) => onChange({ recurrence: changed })} />
          )}
        </>
      )}
    </div>
  )
}

const numberIn = ({ recurrence, occurrenceNumber }: RecurrenceFieldProps['saved'], wanted: Recurrence): number =>
  recurrence && whereReadable(() => endsOtherwise(recurrence, wanted), false) ? (occurrenceNumber ?? 1) : 1

const hasDates = ({ exceptions, additions }: Recurrence) => exceptions.length + additions.length > 0

function readPreset({ rule, start, anchor }: Recurrence): ReturnType<typeof presetOf> {
  return whereReadable(() => presetOf(withoutEnd(rule), start, anchor), 'custom')
}

const readEnd = (recurrence: Recurrence | null, timeZone: string): RecurrenceEnd =>
  whereReadable(() => (recurrence ? endOf(recurrence, timeZone) : { kind: 'never' }), { kind: 'never' })

const isReadable = ({ rule }: Recurrence): boolean => whereReadable(() => Boolean(readRecurrenceRule(rule)), false)

/** Another program may have written a rule that we cannot read. */
function whereReadable<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RecurrenceRuleError) return otherwise
    throw error
  }
}

/** The five dates after this one, worked out by the same rules as the server's. */
function NextDates({ recurrence, due, number, timeZone }: Occurrence) {
  const { locale } = useDayClock()
  const { start, anchor } = recurrence
  const dates = useMemo(() => nextDates({ recurrence, due, number, timeZone }), [recurrence, due, number, timeZone])
  if (!dates) return null
  const isOneYear = dates.every((day) => day.slice(0, 4) === start.slice(0, 4))
  return (
    <p className="flex flex-wrap items-center gap-1.5 text-xs text-ink-2">
      <span>{anchor === 'completion' ? 'If done on time' : 'Next'}</span>
      {dates.map((day) => (
        <span
          key={day}
          className="rounded-[5px] bg-accent-soft px-1.5 leading-[1.25rem] font-medium text-accent-ink tabular-nums"
        >
          {formatDay(day, locale, {
            weekday: 'short',
            day: 'numeric',
            month: 'short',
            ...(!isOneYear && { year: 'numeric' }),
          })}
        </span>
      ))}
      {dates.length === 0 && <span>The series ends here.</span>}
    </p>
  )
}

const SHOWN = 5

interface Occurrence {
  recurrence: Recurrence
  due: Due | null
  /** Which of its series it is, from 1. */
  number: number
  /** Of the series. */
  timeZone: string
}

function nextDates({ recurrence, due, number, timeZone }: Occurrence): string[] | null {
  // The day alone: a time that was changed for this once says nothing about the others.
  const after = due && due.date > recurrence.start.slice(0, 10) ? due.date : recurrence.start
  return whereReadable(() => {
    if (recurrence.anchor === 'completion')
      return datesWhenDoneOnTime(recurrence, { occurrenceAt: after, occurrenceNumber: number }, timeZone)
    const found = occurrences({ ...recurrence, timeZone, after, count: SHOWN })
    return found.map(({ local }) => local.slice(0, 10))
  }, null)
}

function datesWhenDoneOnTime(
  recurrence: Recurrence,
  from: { occurrenceAt: string; occurrenceNumber: number },
  timeZone: string,
): string[] {
  const dates: string[] = []
  let last = from
  while (dates.length < SHOWN) {
    const completedAt = zonedInstant(
      last.occurrenceAt.includes('T') ? last.occurrenceAt : `${last.occurrenceAt}T12:00`,
      timeZone,
    )
    const next = nextOccurrence({ recurrence, ...last, completedAt, timeZone })
    if (!next) break
    dates.push(next.occurrenceAt.slice(0, 10))
    last = next
  }
  return dates
}
