import { describe, expect, it } from 'vitest'
import { TICKET_TTL_MS, signTicket, verifyTicket } from '../src/ticket.ts'

const secret = 'a secret of at least thirty-two characters'
const now = new Date('2026-12-01T08:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const ticket = signTicket('ada', { secret, now })

describe('a ticket', () => {
  it('names the person it was signed for', () => {
    expect(verifyTicket(ticket, { secret, now })).toBe('ada')
  })

  it('is over after a minute', () => {
    expect(verifyTicket(ticket, { secret, now: later(TICKET_TTL_MS - 1) })).toBe('ada')
    expect(verifyTicket(ticket, { secret, now: later(TICKET_TTL_MS) })).toBeNull()
  })

  it('is nothing under another secret', () => {
    expect(verifyTicket(ticket, { secret: `${secret}!`, now })).toBeNull()
  })

  it('is nothing with another name put into it', () => {
    const forged = Buffer.from(JSON.stringify({ userId: 'eve', exp: later(60_000).getTime() })).toString('base64url')
    expect(verifyTicket(`${forged}.${ticket.split('.')[1]}`, { secret, now })).toBeNull()
  })

  it.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['no signature', ticket.split('.')[0]!],
    ['half a signature', ticket.slice(0, -10)],
    ['something behind it', `${ticket}.more`],
    ['something that is no ticket', 'let me in'],
  ])('is nothing when it is %s', (_what, torn) => {
    expect(verifyTicket(torn, { secret, now })).toBeNull()
  })
})
