import { tagKey } from '@todo/model/tag-key'
import X from 'lucide-react/icons/x'
import { classNames } from '../../ui/class-names.ts'
import { useOverview } from '../sidebar/overview.ts'
import { colorStyle, derivedColor } from './tag-color.ts'

export function useTagColor(name: string) {
  const own = useOverview()?.tags.find((tag) => tagKey(tag.name) === tagKey(name))
  return own?.color ?? derivedColor(name)
}

/** A tag in its tint, by name; with `onRemove` it can be taken off. */
export function TagChip({ name, onRemove }: { name: string; onRemove?: () => void }) {
  return (
    <span
      style={colorStyle(useTagColor(name))}
      className={classNames(
        'inline-flex max-w-full items-center gap-1 rounded-[5px] px-1.5 text-xs leading-[1.125rem] font-medium tint',
        onRemove && 'pointer-coarse:min-h-8',
      )}
    >
      <bdi className="truncate">{name}</bdi>
      {onRemove && (
        <button
          type="button"
          aria-label={`Remove tag ${name}`}
          onClick={onRemove}
          className="-me-1 grid size-[18px] place-items-center rounded-tiny opacity-75 hover:opacity-100 pointer-coarse:size-8 thumb-4"
        >
          <X size={12} />
        </button>
      )}
    </span>
  )
}
