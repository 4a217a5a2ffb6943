import type { EventData } from '@todo/model/events'
import type { Person } from '../profile/repo.ts'

type Recipient = EventData<'reminder.due'>['recipient']

/** What every channel has to know of a person. */
export function recipientOf({
  name,
  email,
  timeZone,
  locale,
}: Person): Pick<Recipient, 'name' | 'email' | 'timeZone' | 'locale'> {
  return { name, email, timeZone, locale }
}
