import type { EndpointAddress, EndpointKind } from '@todo/model/channels'
import type { NoticeDelivery } from '../delivery.ts'
import type { Outbound } from '../outbound/outbound.ts'

export interface EndpointCtx {
  outbound: Outbound
  now: () => Date
  publicUrl: string
  vapid: { subject: string; publicKey: string; privateKey: string }
}

export type AddressOf<K extends EndpointKind> = Extract<EndpointAddress, { kind: K }>

/** @throws DeliveryError when it is not taken */
export type SendTo<K extends EndpointKind> = (
  ctx: EndpointCtx,
  address: AddressOf<K>,
  delivery: NoticeDelivery,
) => Promise<void>
