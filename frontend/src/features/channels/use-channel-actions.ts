import type { Channel, ChannelList, CreatedChannel, PatchChannel } from '@todo/model/channels'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { describeError } from '../../api/api-error.ts'
import { channelsApi } from '../../api/channels-api.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { notify } from '../../ui/notify.ts'
import { changeChannels } from './channels-query.ts'
import { endPush } from './this-device.ts'

/** On the screen at once, and undone by itself where the server refuses it. */
export function usePatchChannel(channel: Channel) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (patch: PatchChannel) => channelsApi.patch(channel.id, patch),
    onMutate: async (patch) => {
      await client.cancelQueries({ queryKey: queryKeys.channels })
      const offReason = patch.isOn ? null : channel.offReason
      return changeChannels(client, (items) =>
        items.map((item) => (item.id === channel.id ? { ...item, ...patch, offReason } : item)),
      )
    },
    onSuccess: (saved) => {
      changeChannels(client, (items) => items.map((item) => (item.id === saved.id ? saved : item)))
      if (channel.kind === 'email') void client.invalidateQueries({ queryKey: queryKeys.profile })
    },
    onError: (error, _patch, putBack) => {
      putBack?.()
      void notify('The channel was not changed', { description: describeError(error), tone: 'error' })
    },
  })
}

/** `isHere`: the push of this browser, which then takes none any more. */
export function useRemoveChannel(channel: Channel, isHere: boolean) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => (isHere ? endPush() : channelsApi.remove(channel.id)),
    onMutate: () => changeChannels(client, (items) => items.filter(({ id }) => id !== channel.id)),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.channels })
      void client.invalidateQueries({ queryKey: queryKeys.thisDevice })
    },
    onError: (error, _nothing, putBack) => {
      putBack?.()
      void notify('The channel was not removed', { description: describeError(error), tone: 'error' })
    },
  })
}

/** Puts a channel that was made onto the screen, or in the place of the same one. */
export function useShowCreated(): (created: CreatedChannel) => void {
  const client = useQueryClient()
  return ({ secret: _secret, ...channel }) => {
    client.setQueryData<ChannelList>(queryKeys.channels, (list) => {
      if (!list) return list
      const isThere = list.items.some(({ id }) => id === channel.id)
      const items = isThere
        ? list.items.map((item) => (item.id === channel.id ? channel : item))
        : [...list.items, channel]
      return { ...list, items }
    })
    void client.invalidateQueries({ queryKey: queryKeys.channels })
  }
}
