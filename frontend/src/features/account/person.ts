import type { PatchProfile, Profile } from '@todo/model/api'
import { type QueryClient, queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { accountApi } from '../../api/account-api.ts'
import { describeError } from '../../api/api-error.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { notify } from '../../ui/notify.ts'
import { offerUndo, withdrawUndo } from '../undo/undo-stack.ts'

export const profileQuery = queryOptions({
  queryKey: queryKeys.profile,
  queryFn: ({ signal }) => accountApi.profile(signal),
})

/** The person who is signed in: their zone, locale, first day of the week and Inbox. */
export const usePerson = (): Profile => useSuspenseQuery(profileQuery).data

/** Whether nothing is mailed to them until they follow a link. A server of the version before does not say. */
export const isUnconfirmed = ({ emailConfirmed }: Partial<Profile>): boolean => emailConfirmed === false

export function usePatchProfile() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (patch: PatchProfile) => accountApi.patchProfile(patch),
    onMutate: (patch) => {
      const before = client.getQueryData<Profile>(queryKeys.profile)
      client.setQueryData<Profile>(queryKeys.profile, (profile) => profile && { ...profile, ...patch })
      return { before, memory: offerUndo('Setting saved', () => before && void sendBack(client, before, patch)) }
    },
    onSuccess: (profile) => client.setQueryData(queryKeys.profile, profile),
    onError: (error, _patch, context) => {
      client.setQueryData(queryKeys.profile, context?.before)
      if (context) withdrawUndo(context.memory)
      tellRefused(error)
    },
  })
}

/** Puts back what a patch changed. */
async function sendBack(client: QueryClient, before: Profile, patch: PatchProfile): Promise<void> {
  const back = Object.fromEntries(Object.keys(patch).map((field) => [field, before[field as keyof PatchProfile]]))
  await accountApi.patchProfile(back).then((profile) => client.setQueryData(queryKeys.profile, profile), tellRefused)
}

function tellRefused(error: unknown): void {
  void notify('The setting was not saved', { description: describeError(error), tone: 'error' })
}
