import type { EventData } from '@todo/model/events'

export type Reminder = EventData<'reminder.due'>
export type Channel = Reminder['recipient']['channels'][number]
