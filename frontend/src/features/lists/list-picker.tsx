import type { List } from '@todo/model/list'
import { Picker, PickerItem } from '../../ui/picker.tsx'
import { useLists } from '../sidebar/overview.ts'
import { ListMark } from './list-mark.tsx'

export function ListPicker({ value, onChoose }: { value?: string; onChoose: (list: List) => void }) {
  return (
    <Picker label="Lists" placeholder="Find a list" empty="No list has this name.">
      {useLists().map((list) => (
        <PickerItem
          key={list.id}
          value={`${list.name} ${list.id}`}
          isChosen={list.id === value}
          onSelect={() => onChoose(list)}
        >
          <ListMark list={list} />
          <bdi className="truncate">{list.name}</bdi>
        </PickerItem>
      ))}
    </Picker>
  )
}
