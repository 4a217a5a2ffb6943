import { tagKey } from '@todo/model/tag-key'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { Picker, PickerItem } from '../../ui/picker.tsx'
import { useOverview } from '../sidebar/overview.ts'
import { TagChip } from './tag-chip.tsx'
import { tagProblem } from './tag-name.ts'

const same = (a: string, b: string): boolean => tagKey(a) === tagKey(b)

/** Puts tags on and takes them off; a new word becomes a new tag. */
export function TagPicker({ value, onChange }: { value: readonly string[]; onChange: (tags: string[]) => void }) {
  const [text, setText] = useState('')
  const known = useOverview()?.tags.map((tag) => tag.name) ?? []
  const names = [...known, ...value.filter((tag) => !known.some((other) => same(other, tag)))]
  const fresh = text.normalize('NFC').trim().replace(/^#/, '')
  const isFresh = fresh !== '' && !names.some((name) => same(name, fresh))
  const toggle = (name: string) => {
    const isOn = value.some((tag) => same(tag, name))
    onChange(isOn ? value.filter((tag) => !same(tag, name)) : [...value, name])
    setText('')
  }
  return (
    <Picker
      label="Tags"
      placeholder="Find or make a tag"
      value={text}
      onValueChange={setText}
      empty={tagProblem(fresh) && fresh !== '' ? (tagProblem(fresh) ?? '') : 'No tags yet. Type a word to make one.'}
    >
      {names.map((name) => (
        <PickerItem
          key={name}
          value={name}
          isChosen={value.some((tag) => same(tag, name))}
          onSelect={() => toggle(name)}
        >
          <TagChip name={name} />
        </PickerItem>
      ))}
      {isFresh && tagProblem(fresh) === undefined && (
        <PickerItem value={`new ${fresh}`} forceMount onSelect={() => toggle(fresh)}>
          <Plus size={15} className="text-ink-3" /> Make tag <TagChip name={fresh} />
        </PickerItem>
      )}
    </Picker>
  )
}
