/** What a service asks of its sidecar. */
export interface SidecarCall {
  method: string
  path: string
  body: string
}

interface Point {
  service: 'backend' | 'recurring-task' | 'notification'
  /** Before the call leaves, or after it was answered well. */
  at: 'before' | 'after'
  isReached: (call: SidecarCall) => boolean
}

const isPublish = ({ path }: SidecarCall) => path.includes('/publish/bulk/')
const isRecord = (status: string) => (call: SidecarCall) =>
  call.method === 'POST' && call.path.includes('/state/') && call.body.includes(`"status":"${status}"`)

/** Places in the work of a service, between two steps that no transaction holds together. */
export const POINTS = {
  'between commit and publish': { service: 'backend', at: 'before', isReached: isPublish },
  'between publish and mark': { service: 'backend', at: 'after', isReached: isPublish },
  'between effect and ack': { service: 'recurring-task', at: 'after', isReached: isPublish },
  'between claim and send': { service: 'notification', at: 'after', isReached: isRecord('sending') },
  'between send and record': { service: 'notification', at: 'before', isReached: isRecord('sent') },
} as const satisfies Record<string, Point>

export type PointName = keyof typeof POINTS
