import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError } from '../../api/api-error.ts'
import { authApi } from '../../api/auth-api.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { usePerson } from '../account/person.ts'
import { describeAuthError } from '../auth/auth-problems.ts'

/** Has the link that confirms the person's address sent again; `words` say what became of it. */
export function useAskToConfirm() {
  const { email } = usePerson()
  const client = useQueryClient()
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => authApi.askToConfirm(email),
    onError: (error) => {
      const isConfirmed = error instanceof ApiError && error.code === 'EMAIL_ALREADY_VERIFIED'
      if (isConfirmed) void client.invalidateQueries({ queryKey: queryKeys.profile })
    },
  })
  const sent = isSuccess && `A link is on its way to ${email}. Nothing there? Look in your spam folder.`
  const ask = () => {
    if (!isPending) mutate()
  }
  return { email, ask, isPending, words: sent || (error && describeAuthError(error)) }
}
