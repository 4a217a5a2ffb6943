import Check from 'lucide-react/icons/check'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { DUE_RANGES, type DueRange, type ViewFilters } from './view-filters.ts'

interface DueFilterPickerProps {
  filters: ViewFilters
  setFilters: (change: (filters: ViewFilters) => ViewFilters) => void
  onDone: () => void
}

/** A named range of days, or any from … to. */
export function DueFilterPicker({ filters, setFilters, onDone }: DueFilterPickerProps) {
  const own = typeof filters.due === 'object' ? filters.due : {}
  const [from, setFrom] = useState(own.from ?? '')
  const [to, setTo] = useState(own.to ?? '')
  const choose = (due: NonNullable<ViewFilters['due']>) => {
    setFilters((current) => ({ ...current, due }))
    onDone()
  }
  const isBackwards = from !== '' && to !== '' && from > to
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
          <TextField label="From" type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
          <TextField label="Until" type="date" value={to} onChange={(event) => setTo(event.target.value)} />
        </div>
        {isBackwards && <p className="text-xs text-high-ink">The first day is after the last one.</p>}
        <Button type="submit" disabled={(from === '' && to === '') || isBackwards}>
          Show these days
        </Button>
      </form>
    </div>
  )
}
