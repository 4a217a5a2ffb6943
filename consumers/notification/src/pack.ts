import type { Deps } from '@todo/platform/service'
import { vapidKeys } from '@todo/platform/vapid'
import type { NotificationConfig } from './config.ts'
import type { DeliveryCtx } from './delivery-ctx.ts'
import { packForEndpoint } from './endpoints/pack-for-endpoint.ts'
import type { Mailer } from './mail/mailer.ts'
import { packForMail } from './mail/pack-for-mail.ts'
import { createOutbound } from './outbound/outbound.ts'

/** Makes messages ready for their channels. */
export function createPacker(
  { config, now }: Pick<Deps<NotificationConfig>, 'config' | 'now'>,
  mailer: Mailer,
): DeliveryCtx['pack'] {
  const { MAIL_FROM: from, PUBLIC_URL: publicUrl, CHANNEL_SECRET: secret, PRIVATE_ADDRESSES: privateAddresses } = config
  const vapid = { subject: contactOf(from, publicUrl), ...vapidKeys(secret) }
  const endpoints = { outbound: createOutbound({ privateAddresses }), now, publicUrl, vapid }
  return (delivery) => {
    const { message, channel } = delivery
    if (channel.kind === 'email' || message.about === 'link')
      return packForMail(mailer, { from, publicUrl, secret }, message)
    return packForEndpoint(endpoints, secret, { ...delivery, message }, channel)
  }
}

/** Whom a push service may ask about what we send (RFC 8292 §2.1): the app, or its mail address where it has no TLS. */
function contactOf(from: string, publicUrl: string): string {
  return publicUrl.startsWith('https:') ? publicUrl : `mailto:${/[^\s<]+@[^\s>]+/.exec(from)![0]}`
}
