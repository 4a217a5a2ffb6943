import { createHmac, timingSafeEqual } from 'node:crypto'

/** Long enough to open a connection with it, short enough to be worth little to a thief. */
export const TICKET_TTL_MS = 60_000

interface TicketContext {
  /** Shared by who signs and who verifies. */
  secret: string
  now: Date
}

/** Says who someone is to a service that has no database to look it up in: `<payload>.<HMAC-SHA256>`, for a minute. */
export function signTicket(userId: string, { secret, now }: TicketContext): string {
  const claims = JSON.stringify({ userId, exp: now.getTime() + TICKET_TTL_MS })
  const payload = Buffer.from(claims).toString('base64url')
  return `${payload}.${signatureOf(payload, secret).toString('base64url')}`
}

/** The user id that was signed; null for a ticket that is forged, torn or over. */
export function verifyTicket(ticket: string, { secret, now }: TicketContext): string | null {
  const [payload = '', signature = '', ...rest] = ticket.split('.')
  if (rest.length > 0) return null
  const expected = signatureOf(payload, secret)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  // Only now is it something that we wrote ourselves, and safe to parse.
  const { userId, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { userId: string; exp: number }
  return now.getTime() < exp ? userId : null
}

/** Bound to its purpose, so that nothing else signed with the same secret is ever a ticket. */
function signatureOf(payload: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`stream-ticket.${payload}`).digest()
}
