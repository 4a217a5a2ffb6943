import { TagPicker } from '../tags/tag-picker.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { withoutFilter } from './use-view-filters.ts'
import type { ViewFilters } from './view-filters.ts'

interface TagFilterProps {
  filters: ViewFilters
  setFilters: (change: (filters: ViewFilters) => ViewFilters) => void
}

/** Which tags, and whether one of them is enough. */
export function TagFilter({ filters, setFilters }: TagFilterProps) {
  const tags = filters.tags ?? []
  return (
    <div className="sm:w-64">
      {tags.length > 1 && (
        <div className="p-2 pb-0">
          <Segmented
            label="Tasks with"
            value={filters.tagMatch ?? 'any'}
            options={[
              { value: 'any', label: 'Any of them' },
              { value: 'all', label: 'All of them' },
            ]}
            onChange={(match) =>
              setFilters((current) =>
                match === 'all' ? { ...current, tagMatch: 'all' } : withoutFilter(current, 'tagMatch'),
              )
            }
          />
        </div>
      )}
      <TagPicker
        value={tags}
        canMake={false}
        onChange={(next) =>
          setFilters((current) => (next.length > 0 ? { ...current, tags: next } : withoutFilter(current, 'tags')))
        }
      />
    </div>
  )
}
