import type { Page } from 'playwright-core'
import type { Task } from '@todo/model/task'
import { composeDigestMail } from '../../consumers/notification/src/mail/digest-mail.ts'
import { markup } from '../../consumers/notification/src/mail/mail-page.ts'
import type { Mail } from '../../consumers/notification/src/mail/mailer.ts'
import { composeReminderMail } from '../../consumers/notification/src/mail/reminder-mail.ts'
import type { Person } from '../../tests/acceptance/support/person.ts'
import { DAY, MOMENT } from './sample-life.ts'

export interface MailPicture {
  name: string
  mail: Mail
  /** In CSS pixels: all of the mail. */
  height: number
}

const SETTINGS = { from: 'Todo Cloud <todo@example.org>', publicUrl: 'https://todo.example.org' }

/** The mails that the notification service would write about the tasks of a person. */
export async function composeMails(person: Person): Promise<MailPicture[]> {
  const tasks = await person.tasks('state=open&sort=due')
  const { id: userId, name, email, timeZone, locale } = await person.ok('GET', '/me')
  const recipient = { name, email, timeZone, locale, channels: [], unsubscribe: 'sample' }
  const overdue = partOf(tasks.filter(({ due }) => due && due.date < DAY))
  const due = partOf(tasks.filter(({ due }) => due?.date === DAY))
  const done = { count: 1, tasks: [{ taskId: userId, title: 'Buy the train tickets', due: null }] }
  const digest = { userId, day: DAY, overdue, due, done, recipient }

  const { id: taskId, ...task } = tasks.find(({ title }) => title === 'Prepare the quarterly review')!
  const reminder = { reminderId: taskId, taskId, userId, remindAt: MOMENT, firedAt: MOMENT, ...task, recipient }
  return [
    {
      name: 'digest-mail',
      mail: composeDigestMail({ about: 'digest', at: MOMENT, data: digest }, SETTINGS),
      height: 700,
    },
    { name: 'reminder-mail', mail: composeReminderMail(reminder, SETTINGS), height: 380 },
  ]
}

function partOf(tasks: Task[]) {
  return { count: tasks.length, tasks: tasks.map(({ id: taskId, title, due }) => ({ taskId, title, due })) }
}

/** As a mail program does: who wrote it, about what, and below that what the mail says, in a frame of its own. */
export async function showMail(page: Page, { subject, from, to, html }: Mail): Promise<void> {
  await page.setContent(markup`<!doctype html>
<body style="margin:0;display:flex;flex-direction:column;height:100vh;font:14px/1.5 sans-serif;color:#565d6d">
<header style="padding:16px 24px;background:#f3f4f7;border-bottom:1px solid #d9dce4">
<div style="font-size:18px;font-weight:600;color:#1b1e26">${subject}</div>
<div>${from}</div>
<div>to ${to.name} &lt;${to.address}&gt;</div>
</header>
<iframe style="flex:1;border:0"></iframe>
</body>`)
  await page.frames()[1]!.setContent(html)
}
