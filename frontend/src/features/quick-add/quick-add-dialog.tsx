import { useMemo } from 'react'
import { Kbd } from '../../ui/kbd.tsx'
import { Modal } from '../../ui/modal.tsx'
import { useToday } from '../dates/day-clock.tsx'
import { useCurrentView } from '../views/current-view.ts'
import { useViewFilters } from '../views/use-view-filters.ts'
import { quickAddDefaults } from './quick-add-defaults.ts'
import { QuickAddForm } from './quick-add-form.tsx'

/** Quick add from anywhere, by `q` or the plus of the phone. */
export function QuickAddDialog({ text, onClose }: { text: string; onClose: () => void }) {
  const view = useCurrentView()
  const { filters } = useViewFilters()
  const today = useToday()
  const defaults = useMemo(() => quickAddDefaults(view, filters, today), [view, filters, today])
  return (
    <Modal title="Add a task" hidesTitle onClose={onClose}>
      <div className="overflow-y-auto p-4 pb-3">
        <QuickAddForm defaults={defaults} line={text} isDialog />
        <p className="mt-3 hidden flex-wrap items-center gap-1.5 border-t border-line pt-3 text-xs text-ink-2 mouse:flex">
          <Kbd>Enter</Kbd> adds it and stays for the next, <Kbd>Esc</Kbd> closes. “Every 2nd Tuesday at 9”, “remind 1h
          before until done”, <bdi>#tag</bdi>, <bdi>/list</bdi> and !high are understood.
        </p>
      </div>
    </Modal>
  )
}
