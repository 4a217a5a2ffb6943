import type { ImportReport, Notification, Overview, PatchProfile, Profile } from '@todo/model/api'
import { request } from './http.ts'

export const accountApi = {
  profile: (signal?: AbortSignal) => request<Profile>('GET', '/api/v1/me', { signal }),
  patchProfile: (patch: PatchProfile) => request<Profile>('PATCH', '/api/v1/me', { body: patch }),
  overview: (today: string, signal?: AbortSignal) =>
    request<Overview>('GET', '/api/v1/overview', { query: { today }, signal }),
  notifications: (cursor: string | undefined, signal?: AbortSignal) =>
    request<NotificationPage>('GET', '/api/v1/notifications', { query: { cursor }, signal }),
  markNotifications: (ids: string[] | undefined, read: boolean) =>
    request<{ unread: number }>('POST', '/api/v1/notifications/read', {
      body: ids === undefined ? { read } : { ids, read },
    }),
  importCalendar: (content: File, listId: string) =>
    request<ImportReport>('POST', '/api/v1/import/ics', {
      query: { listId },
      file: { content, type: 'text/calendar' },
    }),
}

export interface NotificationPage {
  items: Notification[]
  nextCursor: string | null
  unread: number
}
