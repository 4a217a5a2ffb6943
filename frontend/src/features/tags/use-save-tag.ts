import type { ListColor, TagSummary } from '@todo/model/list'
import { tagKey } from '@todo/model/tag-key'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { describeError } from '../../api/api-error.ts'
import { tagsApi } from '../../api/lists-api.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { notify } from '../../ui/notify.ts'
import { useOverview } from '../sidebar/overview.ts'
import { rememberUndo } from '../undo/undo-stack.ts'

/** Saves a tag under its new name and colour, on every task that has it, and follows it where its view is open. */
export function useSaveTag(name: string, onSaved: () => void) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const tags = useOverview()?.tags ?? []
  const find = (wanted: string) => tags.find((tag) => tagKey(tag.name) === tagKey(wanted))
  const follow = async (from: string, tag: TagSummary) => {
    if (tag.name !== from && decodeURIComponent(location.pathname) === `/tag/${from}`) {
      await navigate({ to: '/tag/$tag', params: { tag: tag.name }, search: {}, replace: true })
    }
    await client.invalidateQueries({ queryKey: queryKeys.overview })
    if (tag.name !== from) await client.invalidateQueries({ queryKey: queryKeys.taskLists })
  }
  return useMutation({
    mutationFn: (patch: { color: ListColor; name?: string }) => tagsApi.patch(name, patch),
    onSuccess: async (tag, patch) => {
      onSaved()
      const back = { color: find(name)?.color ?? null, ...(patch.name === undefined ? {} : { name }) }
      const undo = () => tagsApi.patch(tag.name, back).then((old) => follow(tag.name, old), tellRefused)
      // Two tags that became one cannot be told apart again.
      const wasThere = patch.name !== undefined && tagKey(patch.name) !== tagKey(name) && find(patch.name) !== undefined
      if (!wasThere) rememberUndo(`Tag “${name}” changed`, () => void undo())
      await follow(name, tag)
    },
  })
}

function tellRefused(error: unknown): void {
  void notify('The tag could not be changed back', { description: describeError(error), tone: 'error' })
}
