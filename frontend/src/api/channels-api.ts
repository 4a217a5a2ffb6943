import type { Channel, ChannelList, CreateChannel, CreatedChannel, PatchChannel } from '@todo/model/channels'
import { request } from './http.ts'

export const channelsApi = {
  list: (signal?: AbortSignal) => request<ChannelList>('GET', '/api/v1/channels', { signal }),
  create: (channel: CreateChannel) => request<CreatedChannel>('POST', '/api/v1/channels', { body: channel }),
  patch: (channelId: string, patch: PatchChannel) =>
    request<Channel>('PATCH', `/api/v1/channels/${channelId}`, { body: patch }),
  remove: (channelId: string, signal?: AbortSignal) =>
    request<undefined>('DELETE', `/api/v1/channels/${channelId}`, { signal }),
  test: (channelId: string) => request<{ testId: string }>('POST', `/api/v1/channels/${channelId}/test`),
  /** Answers one line of text. Needs no session: the token says who, and which mails. */
  unsubscribe: (token: string) => request<string>('POST', '/api/v1/unsubscribe', { query: { token }, isText: true }),
}
