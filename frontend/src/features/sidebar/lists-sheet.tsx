import { Modal } from '../../ui/modal.tsx'
import { NavSections } from './nav-sections.tsx'

/** The sidebar's contents on a phone. */
export function ListsSheet({ onClose }: { onClose: () => void }) {
  return (
    <Modal title="Lists and views" size="s" onClose={onClose}>
      <div className="flex flex-col gap-5 overflow-y-auto px-3 pt-3 pb-6">
        <NavSections onNavigate={onClose} />
      </div>
    </Modal>
  )
}
