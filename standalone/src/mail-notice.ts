import type { StandaloneConfig } from './config.ts'

type Env = Record<string, string | undefined>
type Level = StandaloneConfig['LOG_LEVEL']

/** What becomes of mails, for the line that tells the address. */
export function mailNotice({ SMTP_URL }: Env): string {
  return SMTP_URL ? 'mails are sent' : 'mails are shown here, SMTP_URL would send them'
}

/** A service's log level: mails that are not sent are meant to be read in the log, however quiet the rest is. */
export function levelOf(service: string, level: Level, { SMTP_URL }: Env): Level {
  return service === 'notification' && !SMTP_URL && level === 'warn' ? 'info' : level
}

/** Where anybody can sign up, and mails go out, they go to whoever has asked for them. */
export function confirmEmail(publicUrl: string, { SMTP_URL }: Env): 'required' | 'off' {
  return SMTP_URL && publicUrl.startsWith('https:') ? 'required' : 'off'
}
