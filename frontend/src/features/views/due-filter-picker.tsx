import Check from 'lucide-react/icons/check'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { DayField } from '../dates/day-field.tsx'
import { fieldClass } from '../edit-task/field-class.ts'
import { DUE_RANGES, type DueRange, type ViewFilters } from './view-filters.ts'

interface DueFilterPickerProps {
  filters: ViewFilters
  setFilters: (change: (filters: ViewFilters) => ViewFilters) => void
  onDone: () => void
}

/** A named range of days, or any from … to. */
export function DueFilterPicker({ filters, setFilters, onDone }: DueFilterPickerProps) {
  const own = typeof filters.due === 'object' ? filters.due : {}
  const [from, setFrom] = useState(own.from ?? null)
  const [to, setTo] = useState(own.to ?? null)
  const choose = (due: NonNullable<ViewFilters['due']>) => {
    setFilters((current) => ({ ...current, due }))
    onDone()
  }
  const isBackwards = from !== null && to !== null && from > to
  return (
    <div className="p-1 sm:w-80">
      {(Object.keys(DUE_RANGES) as DueRange[]).map((range) => (
        <button
          key={range}
          type="button"
          aria-pressed={filters.due === range}
          onClick={() => choose(range)}
          className="flex min-h-8 w-full items-center justify-between rounded-control px-2 text-s hover:bg-hover focus-visible:bg-hover pointer-coarse:min-h-10"
        >
          {DUE_RANGES[range]}
          {filters.due === range && <Check size={15} className="text-accent-ink" />}
        </button>
      ))}
      <form
        className="mt-1 grid gap-2 border-t border-line p-2 pt-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isBackwards) choose({ ...(from ? { from } : {}), ...(to ? { to } : {}) })
        }}
      >
        <div className="grid grid-cols-2 gap-2">
          <DayField label="From" showsLabel none="Any day" value={from} onChange={setFrom} className={fieldClass} />
          <DayField label="Until" showsLabel none="Any day" value={to} onChange={setTo} className={fieldClass} />
        </div>
        {isBackwards && <p className="text-xs text-high-ink">The first day is after the last one.</p>}
        <Button type="submit" disabled={(from === null && to === null) || isBackwards}>
          Show these days
        </Button>
      </form>
    </div>
  )
}
