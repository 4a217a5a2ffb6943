import type { Deps } from '@todo/platform/service'
import type { Outcome } from './claim.ts'
import type { Delivery, Parcel } from './delivery.ts'
import type { LateDeliveries } from './late-deliveries.ts'

export interface DeliveryCtx extends Pick<Deps<unknown>, 'bus' | 'scheduler' | 'state' | 'log' | 'now' | 'tracer'> {
  /** Never throws: what is wrong with a delivery is thrown when it is sent. */
  pack: (delivery: Delivery) => Parcel
  /** By claim: messages that were taken, which could not be written down yet. */
  unrecorded: Map<string, Outcome>
  late: LateDeliveries
  count: CountDelivery
}

export type CountDelivery = (
  delivery: { message: { about: Delivery['message']['about'] }; channel: { kind: string } },
  outcome: 'delivered' | 'retrying' | 'failed' | 'called-off',
) => void
