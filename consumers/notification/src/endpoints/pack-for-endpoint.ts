import { EndpointAddress } from '@todo/model/channels'
import { unseal } from '@todo/platform/seal'
import type { KnownEndpoint } from '../channel.ts'
import { DeliveryError } from '../delivery-error.ts'
import type { NoticeDelivery, Parcel } from '../delivery.ts'
import type { EndpointCtx } from './endpoint-ctx.ts'
import { sendNtfy } from './ntfy.ts'
import { sendWebPush } from './web-push.ts'
import { sendWebhook } from './webhook.ts'

/** Opens where an endpoint leads, which nobody but this service can. */
export function packForEndpoint(
  ctx: EndpointCtx,
  secret: string,
  delivery: NoticeDelivery,
  endpoint: KnownEndpoint,
): Parcel {
  const address = openAddress(endpoint, { secret, userId: delivery.message.data.userId })
  if (address === null) return { place: endpoint.channelId, send: refuse }
  return { place: `${address.kind} at ${hostOf(address)}`, send: () => sendTo(ctx, address, delivery) }
}

function openAddress({ sealed }: KnownEndpoint, seal: Parameters<typeof unseal>[1]): EndpointAddress | null {
  const text = unseal(sealed, seal)
  return text === null ? null : (EndpointAddress.safeParse(JSON.parse(text)).data ?? null)
}

async function refuse(): Promise<never> {
  const message =
    'its address was kept with another CHANNEL_SECRET: the operator has to bring that back, or you add it again'
  throw new DeliveryError(message, { isForGood: true })
}

function hostOf(address: EndpointAddress): string {
  if (address.kind === 'web-push') return new URL(address.endpoint).host
  return new URL(address.kind === 'webhook' ? address.url : address.server).host
}

function sendTo(ctx: EndpointCtx, address: EndpointAddress, delivery: NoticeDelivery): Promise<void> {
  if (address.kind === 'web-push') return sendWebPush(ctx, address, delivery)
  return address.kind === 'webhook' ? sendWebhook(ctx, address, delivery) : sendNtfy(ctx, address, delivery)
}
