import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { accountApi } from '../../api/account-api.ts'
import { authApi } from '../../api/auth-api.ts'
import { buttonClass } from '../../ui/button.tsx'
import { leave } from '../account/leave.ts'
import { announceSession } from '../account/session-tabs.ts'
import { useAuthForm } from './auth-form.ts'
import { AuthFrame } from './auth-frame.tsx'
import { BackToSignIn } from './auth-links.tsx'
import { FormEnd } from './form-end.tsx'
import { useLinkToken } from './link-token.ts'
import { newPasswordProblem, PasswordField } from './password-field.tsx'

/** The link of a mail to who forgot their password was followed. */
export function NewPassword() {
  const token = useLinkToken()
  const [password, setPassword] = useState('')
  const save = useSavePassword(token)
  const { formProps, problems } = useAuthForm({
    problems: { password: newPasswordProblem(password) },
    onSend: () => save.mutate(password),
  })
  if (token === '') {
    return (
      <NoUse title="This link does not work">
        It may have been cut off on its way. Copy all of it from the mail, or have another one sent.
      </NoUse>
    )
  }
  if (save.error instanceof ApiError && save.error.code === 'INVALID_TOKEN') {
    return (
      <NoUse title="This link no longer works">
        It was used already, is older than an hour, or was cut off on its way. If you have just set a password by it,
        sign in with that.
      </NoUse>
    )
  }
  return (
    <AuthFrame
      title="Choose a new password"
      lead="Saving it signs your account out everywhere. Then you sign in with it."
    >
      <form {...formProps} className="grid gap-4">
        <PasswordField
          label="New password"
          isNew
          autoFocus
          value={password}
          onChange={setPassword}
          problem={problems.password}
        />
        <FormEnd sending={save} words="Save the password" wordsWhileBusy="Saving…" />
      </form>
      <BackToSignIn />
    </AuthFrame>
  )
}

function NoUse({ title, children }: { title: string; children: string }) {
  return (
    <AuthFrame title={title} lead={children}>
      <Link to="/forgotten-password" search={{}} className={buttonClass('primary', 'min-h-10 w-full')}>
        Get another link
      </Link>
    </AuthFrame>
  )
}

function useSavePassword(token: string) {
  const client = useQueryClient()
  const router = useRouter()
  return useMutation({
    mutationFn: async (password: string) => {
      await authApi.setNewPassword(password, token)
      const isSomebodyElse = await accountApi.profile().then(
        () => true,
        () => false,
      )
      // What is left of a session that has ended.
      if (!isSomebodyElse) await authApi.signOut().catch(() => {})
      return isSomebodyElse
    },
    onSuccess: async (isSomebodyElse) => {
      const state = { hasNewPassword: true }
      if (isSomebodyElse) return router.navigate({ to: '/sign-in', search: {}, state, replace: true })
      announceSession('ended')
      return leave(router, client, state)
    },
  })
}
