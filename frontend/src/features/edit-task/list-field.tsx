import ChevronDown from 'lucide-react/icons/chevron-down'
import { ListButton } from '../lists/list-button.tsx'
import { ListMark } from '../lists/list-mark.tsx'
import { useListById } from '../sidebar/overview.ts'
import { fieldClass } from './field-class.ts'

export function ListField({ value, onChange }: { value: string; onChange: (listId: string) => void }) {
  const list = useListById(value)
  return (
    <ListButton
      popoverLabel="Move to list"
      listId={value}
      onChoose={(next) => onChange(next.id)}
      className={fieldClass}
    >
      {list && <ListMark list={list} />}
      <bdi className="min-w-0 flex-1 truncate">{list?.name ?? '…'}</bdi>
      <ChevronDown size={15} aria-hidden className="text-ink-3" />
    </ListButton>
  )
}
