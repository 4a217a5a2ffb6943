import { tagKey } from '@todo/model/tag-key'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { Picker, PickerItem } from '../../ui/picker.tsx'
import { useOverview } from '../sidebar/overview.ts'
import { TagChip } from './tag-chip.tsx'
import { tagProblem } from './tag-name.ts'

const same = (a: string, b: string): boolean => tagKey(a) === tagKey(b)

interface TagPickerProps {
  value: readonly string[]
  /** Whether a new word becomes a new tag, rather than something to look for only. */
  canMake?: boolean
  onChange: (tags: string[]) => void
}

/** Puts tags on and takes them off. */
export function TagPicker({ value, canMake = true, onChange }: TagPickerProps) {
  const [text, setText] = useState('')
  const known = useOverview()?.tags.map((tag) => tag.name) ?? []
  const names = [...known, ...value.filter((tag) => !known.some((other) => same(other, tag)))]
  const fresh = text.normalize('NFC').trim().replace(/^#/, '')
  const isFresh = canMake && fresh !== '' && !names.some((name) => same(name, fresh))
  const toggle = (name: string) => {
    const isOn = value.some((tag) => same(tag, name))
    onChange(isOn ? value.filter((tag) => !same(tag, name)) : [...value, name])
    setText('')
  }
  return (
    <Picker
      label="Tags"
      placeholder={canMake ? 'Find or make a tag' : 'Find a tag'}
      value={text}
      onValueChange={setText}
      empty={emptyWords(fresh, canMake)}
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

function emptyWords(typed: string, canMake: boolean): string {
  if (!canMake) return typed === '' ? 'No tags yet. A #word in a new task makes one.' : 'No tag is called that.'
  return typed === '' ? 'No tags yet. Type a word to make one.' : (tagProblem(typed) ?? '')
}
