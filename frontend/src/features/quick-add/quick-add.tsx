import { useMemo } from 'react'
import { useToday } from '../dates/day-clock.tsx'
import { useViewFilters } from '../views/use-view-filters.ts'
import type { View } from '../views/view.ts'
import { quickAddDefaults } from './quick-add-defaults.ts'
import { QuickAddForm } from './quick-add-form.tsx'

/** The line above the tasks of a view. */
export function QuickAdd({ view }: { view: View }) {
  const { filters } = useViewFilters()
  const today = useToday()
  const defaults = useMemo(() => quickAddDefaults(view, filters, today), [view, filters, today])
  return <QuickAddForm defaults={defaults} />
}
