import type { Overview } from '@todo/model/api'
import type { List, ListColor, PatchList } from '@todo/model/list'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { describeError } from '../../api/api-error.ts'
import { listsApi } from '../../api/lists-api.ts'
import { newId } from '../../api/new-id.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { notify } from '../../ui/notify.ts'
import { offerUndo, rememberUndo, withdrawUndo } from '../undo/undo-stack.ts'

/** Everything a person does to lists: at once in the sidebar, put back and told when the server refuses. */
export function useListActions() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const leave = async (list: Pick<List, 'id'>) => {
    if (location.pathname.includes(list.id)) await navigate({ to: '/today', search: {} })
  }
  return {
    create: async (name: string, color: ListColor) => {
      const list = draftList(newId(), name, color)
      const make = () => listsApi.create({ id: list.id, name, color })
      await changeLists(client, (lists) => [...lists, list], 'The list could not be made', make)
      rememberUndo(`“${name}” made`, () => void leave(list).then(() => remove(client, list)))
      await navigate({ to: '/list/$listId', params: { listId: list.id }, search: {} })
      focusNewTask()
    },
    patch: async (list: List, patch: PatchList) => {
      const back = { name: list.name, color: list.color }
      const memory = rememberUndo(`“${list.name}” changed`, () => void change(client, list, back).catch(() => null))
      await change(client, list, patch).catch((error: unknown) => {
        withdrawUndo(memory)
        throw error
      })
    },
    remove: async (list: List) => {
      await leave(list)
      const removed = Promise.withResolvers<void>()
      const undo = () => void removed.promise.then(() => restore(client, list))
      const offer = offerUndo(`“${list.name}” and its tasks deleted`, undo)
      await remove(client, list, offer).finally(removed.resolve)
    },
  }
}

/** Takes a list out of the bin, with its tasks. */
export function useRestoreList(): (list: List) => Promise<void> {
  const client = useQueryClient()
  return (list) => restore(client, list)
}

/** A list is made to be filled. */
const focusNewTask = () => document.querySelector<HTMLElement>('main form input[aria-label="New task"]')?.focus()

function change(client: QueryClient, list: List, patch: PatchList): Promise<void> {
  const changed = (lists: List[]) => lists.map((other) => (other.id === list.id ? { ...other, ...patch } : other))
  return changeLists(client, changed, `“${list.name}” could not be changed`, () => listsApi.patch(list.id, patch))
}

/** Told when refused; the offer to undo it goes then. */
async function remove(client: QueryClient, list: List, offer?: string): Promise<void> {
  const without = (lists: List[]) => lists.filter((other) => other.id !== list.id)
  await changeLists(client, without, `“${list.name}” could not be deleted`, () => listsApi.delete(list.id)).catch(
    () => offer !== undefined && withdrawUndo(offer),
  )
  const shown = [queryKeys.taskLists, queryKeys.deletedLists]
  await Promise.all(shown.map((queryKey) => client.invalidateQueries({ queryKey })))
}

/** Shown when the server has it back: who opens it at once would find nothing there. */
async function restore(client: QueryClient, list: List): Promise<void> {
  try {
    await listsApi.restore(list.id)
  } catch (error) {
    void notify(`“${list.name}” could not be restored`, { description: describeError(error), tone: 'error' })
  }
  const shown = [queryKeys.overview, queryKeys.taskLists, queryKeys.deletedLists]
  await Promise.all(shown.map((queryKey) => client.invalidateQueries({ queryKey })))
}

async function changeLists(
  client: QueryClient,
  change: (lists: List[]) => List[],
  refused: string,
  send: () => Promise<unknown>,
): Promise<void> {
  await client.cancelQueries({ queryKey: queryKeys.overview })
  const before = client.getQueriesData<Overview>({ queryKey: queryKeys.overview })
  client.setQueriesData<Overview>({ queryKey: queryKeys.overview }, (overview) =>
    overview ? { ...overview, lists: change(overview.lists) } : overview,
  )
  try {
    await send()
  } catch (error) {
    for (const [key, data] of before) client.setQueryData(key, data)
    void notify(refused, { description: describeError(error), tone: 'error' })
    throw error
  } finally {
    void client.invalidateQueries({ queryKey: queryKeys.overview })
  }
}

function draftList(id: string, name: string, color: ListColor): List {
  const at = new Date().toISOString()
  return {
    id,
    name,
    color,
    isInbox: false,
    role: 'owner',
    rank: 'zzzzzzzz',
    openTasks: 0,
    version: 0,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  }
}
