import { request } from './http.ts'

export interface SignUp {
  name: string
  email: string
  password: string
  timeZone: string
  locale: string
  weekStart: number
}

export const authApi = {
  signUpState: (signal?: AbortSignal) => request<{ isOpen: boolean }>('GET', '/api/auth/sign-up', { signal }),
  signUp: (account: SignUp) => post('sign-up/email', account),
  signIn: (email: string, password: string, rememberMe: boolean) =>
    post('sign-in/email', { email, password, rememberMe }),
  signOut: () => post('sign-out', {}),
  changePassword: (currentPassword: string, newPassword: string) =>
    post('change-password', { currentPassword, newPassword, revokeOtherSessions: true }),
  /** With the password of the account. `Verification email sent`: it changes once the link that is mailed there is followed. */
  changeEmail: (newEmail: string, password: string) =>
    request<{ message: 'Email updated' | 'Verification email sent' }>('POST', '/api/auth/change-email', {
      body: { newEmail, password },
    }),
  deleteAccount: (password: string) => post('delete-user', { password }),
  /** Mails a link to a page that sets a new one, where there is such an account; does not say whether there is. */
  requestNewPassword: (email: string) => post('request-password-reset', { email }),
  /** @param token of the link; it ends every session of the account */
  setNewPassword: (newPassword: string, token: string) => post('reset-password', { newPassword, token }),
  /** Mails the person a link to a page that confirms their address. */
  askToConfirm: (email: string) => post('send-verification-email', { email }),
  /** Needs no session: the token says who. */
  confirmEmail: (token: string) => request<unknown>('GET', '/api/auth/verify-email', { query: { token } }),
}

function post(path: string, body: unknown): Promise<unknown> {
  return request('POST', `/api/auth/${path}`, { body })
}
