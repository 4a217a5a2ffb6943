import { errorMessage } from '@todo/platform/errors'
import { DeliveryError } from '../delivery-error.ts'
import type { Parcel } from '../delivery.ts'
import type { Message } from '../message.ts'
import { composeDigestMail } from './digest-mail.ts'
import type { MailSettings } from './envelope.ts'
import { composeLinkMail } from './link-mail.ts'
import { isGoneForGood, isRefusedForGood } from './mail-failure.ts'
import type { Mail, Mailer } from './mailer.ts'
import { composeReminderMail } from './reminder-mail.ts'
import { composeTestMail } from './test-mail.ts'

export function packForMail(mailer: Mailer, settings: MailSettings & { secret: string }, message: Message): Parcel {
  return { place: 'the mail server', send: () => sendMail(mailer, compose(message, settings)) }
}

function compose(message: Message, settings: MailSettings & { secret: string }): Mail {
  switch (message.about) {
    case 'reminder':
      return composeReminderMail(message.data, settings)
    case 'digest':
      return composeDigestMail(message, settings)
    case 'test':
      return composeTestMail(message, settings)
    case 'link':
      return composeLinkMail(message, settings)
  }
}

async function sendMail(mailer: Mailer, mail: Mail): Promise<void> {
  try {
    await mailer.send(mail)
  } catch (error) {
    const [isForGood, isGone] = [isRefusedForGood(error), isGoneForGood(error)]
    throw new DeliveryError(errorMessage(error), { cause: error, isForGood, isGone })
  }
}
