import { useQuery } from '@tanstack/react-query'
import { authApi } from '../../api/auth-api.ts'
import { queryKeys } from '../../api/query-keys.ts'

/** Whether this server makes no new accounts. Until it has said so, it is taken for one that does, as most do. */
export function useSignUpClosed(): boolean {
  const { data } = useQuery({ queryKey: queryKeys.signUp, queryFn: ({ signal }) => authApi.signUpState(signal) })
  return data?.isOpen === false
}
