import Plus from 'lucide-react/icons/plus'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { TagChip } from '../tags/tag-chip.tsx'
import { TagPicker } from '../tags/tag-picker.tsx'

export function TagsField({ value, onChange }: { value: readonly string[]; onChange: (tags: string[]) => void }) {
  return (
    <div className="flex min-h-9 w-full flex-wrap items-center gap-1.5 rounded-control border border-line bg-sunken px-2.5 py-1">
      {value.map((tag) => (
        <TagChip key={tag} name={tag} onRemove={() => onChange(value.filter((other) => other !== tag))} />
      ))}
      <PopoverButton
        popoverLabel="Tags"
        aria-label="Add a tag"
        className="inline-flex min-h-6 pointer-coarse:min-h-8 thumb-y-4 items-center gap-1 rounded-control pe-1 text-s text-ink-2 hover:text-ink"
        content={() => <TagPicker value={value} onChange={onChange} />}
      >
        <Plus size={14} aria-hidden /> {value.length === 0 ? 'Add a tag' : 'Add'}
      </PopoverButton>
    </div>
  )
}
