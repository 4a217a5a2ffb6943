import { z } from 'zod'
import { BUILT_IN_CHANNELS, Endpoint } from './channels.ts'
import { IdOut, InstantOut, Version } from './primitives.ts'
import { RECURRENCE_ANCHORS } from './task.ts'

const Actor = z
  .object({ kind: z.enum(['user', 'system']), id: z.string().describe('User id, or the name of the service') })
  .describe('Who made the change')

const Changes = z
  .record(z.string(), z.tuple([z.unknown(), z.unknown()]))
  .describe('What changed: field → [before, after]')

export const Audience = z.array(IdOut).describe('Ids of the people who may see it')

const Origin = {
  actor: Actor,
  clientId: z.string().nullable().describe('The browser tab or program that asked for the change'),
  mutationId: z.string().nullable().describe('The one request within that client'),
  batchId: z.string().nullable().describe('Shared by the changes of one bulk request'),
}

export const PlannedDue = z.object({ date: z.string(), time: z.string().nullable(), timeZone: z.string().nullable() })

export const TaskChange = {
  taskId: IdOut,
  listId: IdOut,
  userId: IdOut.describe("The owner of the task's list"),
  title: z.string(),
  version: Version.describe('Version of the task after the change: grows by one, orders the events of a task'),
  changes: Changes,
  ...Origin,
}

export const ListChange = { listId: IdOut, userId: IdOut, version: Version, changes: Changes, ...Origin }

/** What the next occurrence is worked out from. */
export const CompletedRecurrence = z.object({
  rule: z.string().describe('RFC 5545 RRULE'),
  anchor: z.enum(RECURRENCE_ANCHORS),
  start: z.string().describe('DTSTART on the wall clock'),
  exceptions: z.array(z.string()).describe('EXDATE on the wall clock'),
  additions: z.array(z.string()).optional().describe('RDATE: days beside those of the rule'),
  seriesId: IdOut,
  occurrenceAt: z.string().describe('Planned wall-clock time of the completed occurrence'),
  occurrenceNumber: z.int(),
})

export const ReminderFired = {
  reminderId: IdOut,
  taskId: IdOut,
  userId: IdOut.describe('Who is to be reminded'),
  remindAt: InstantOut.describe('When the reminder was set for; with reminderId it names this firing'),
}

const MailedTo = z
  .string()
  .optional()
  .describe('Of a mail: the address, which the person may not have any more. Versions before do not say')

const BuiltIn = z.enum(BUILT_IN_CHANNELS)

/** Whom something is sent to, and how: nobody else has to be asked. */
export const Recipient = z.object({
  name: z.string(),
  email: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  channels: z
    .array(BuiltIn)
    .describe('Those of ours that it is sent by; in-app only by versions before, now the backend shows it itself'),
  endpoints: z.array(Endpoint).optional().describe('Those of the person that it goes to'),
  quiet: z
    .object({ from: z.string(), to: z.string() })
    .optional()
    .describe('Times of day in their zone between which nothing is tried again'),
  unsubscribe: z.string().optional().describe('Token that ends such mails, for their one-click header'),
})

export const CalledOff = z.boolean().optional().describe('It was not tried, since nobody wants it there just now')

/** What became of one try on a channel. */
export const ChannelTry = z.object({
  userId: IdOut,
  channelId: z.string().describe('Id of an endpoint, or email'),
  kind: z.string().describe('web-push, webhook, ntfy or email'),
  about: z.string().describe('reminder, digest, test or link'),
  taskId: IdOut.nullable().describe('These three of a reminder'),
  reminderId: IdOut.nullable(),
  remindAt: InstantOut.nullable(),
  attempt: z.int().positive(),
  at: InstantOut,
  error: z.string().nullable().describe('null: it was taken'),
  retryAt: InstantOut.nullable(),
  isGone: z.boolean().describe('Nothing will ever arrive there: the channel is to be switched off'),
  email: MailedTo,
  isCalledOff: CalledOff,
})

/** It is over, or reminds no more; and where that is taken back, what was said of it is wanted again. */
export const ReminderHeard = z.object({
  taskId: IdOut,
  at: InstantOut.describe('What was said until then is meant'),
  isHeard: z.boolean(),
})

/** It was switched off or removed, or leads to somebody else by now. */
export const ChannelStop = z.object({
  userId: IdOut,
  channelId: z.string().describe('Id of an endpoint, or email; digest: the digest by any of them'),
  stoppedAt: InstantOut,
})

/** A link for an account: whoever has it may do what it is for. */
const link = <const P extends readonly [string, ...string[]]>(purposes: P) =>
  z.object({
    userId: IdOut,
    linkId: IdOut,
    purpose: z.enum(purposes),
    token: z.string().describe('Of the link: sealed, so that only the service that mails it can read it'),
    expiresAt: InstantOut.describe('From then on it does nothing, and is not mailed any more'),
    recipient: Recipient,
  })

export const AccountLink = link(['new-password', 'confirm-email'])
/** To the address that an account is about to have, and to the one that it had. */
export const AddressLink = link(['change-email', 'email-changed'])

export const DigestTasks = z.object({
  count: z.int().describe('Of all; the tasks are the first 20'),
  tasks: z.array(z.object({ taskId: IdOut, title: z.string(), due: PlannedDue.nullable() })),
})

export const DeliveryOutcome = {
  ...ReminderFired,
  channel: BuiltIn,
  attempt: z.int().positive(),
  at: InstantOut,
  email: MailedTo,
}
