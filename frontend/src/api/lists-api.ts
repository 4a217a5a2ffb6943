import type { SavedFilter } from '@todo/model/api'
import type { List, ListColor, PatchList, TagSummary } from '@todo/model/list'
import { request } from './http.ts'

export const listsApi = {
  deleted: (signal?: AbortSignal) => request<{ items: List[] }>('GET', '/api/v1/lists?state=deleted', { signal }),
  create: (list: { id: string; name: string; color: ListColor }) =>
    request<List>('POST', '/api/v1/lists', { body: list }),
  patch: (listId: string, patch: PatchList) => request<List>('PATCH', `/api/v1/lists/${listId}`, { body: patch }),
  delete: (listId: string) => request<List>('DELETE', `/api/v1/lists/${listId}`),
  restore: (listId: string) => request<List>('POST', `/api/v1/lists/${listId}/restore`, { body: {} }),
}

export const tagsApi = {
  patch: (name: string, patch: { color?: ListColor | null; name?: string }) =>
    request<TagSummary>('PATCH', `/api/v1/tags/${encodeURIComponent(name)}`, { body: patch }),
}

export const filtersApi = {
  all: (signal?: AbortSignal) => request<{ items: SavedFilter[] }>('GET', '/api/v1/filters', { signal }),
  create: (filter: { id: string; name: string; query: string }) =>
    request<SavedFilter>('POST', '/api/v1/filters', { body: filter }),
  delete: (filterId: string) => request<void>('DELETE', `/api/v1/filters/${filterId}`),
}
