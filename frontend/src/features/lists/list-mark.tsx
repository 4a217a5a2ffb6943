import type { List } from '@todo/model/list'
import Inbox from 'lucide-react/icons/inbox'
import { colorStyle } from '../tags/tag-color.ts'

/** The colour of a list, or the Inbox's sign. */
export function ListMark({ list }: { list: Pick<List, 'isInbox' | 'color'> }) {
  if (list.isInbox) return <Inbox size={15} aria-hidden className="shrink-0 text-ink-3" />
  return <span aria-hidden style={colorStyle(list.color)} className="mx-[3px] size-[9px] shrink-0 rounded-[3px] dot" />
}
