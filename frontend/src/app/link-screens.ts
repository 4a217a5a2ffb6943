// The screens that links in mails lead to, and the one that asks for such a link: small, and in one chunk.
export { ConfirmEmail } from '../features/confirm-email/confirm-email-screen.tsx'
export { ForgottenPassword } from '../features/auth/forgotten-password-screen.tsx'
export { NewPassword } from '../features/auth/new-password-screen.tsx'
