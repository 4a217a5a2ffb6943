import { describe, expect, test } from 'vitest'
import { ApiError, describeError } from '../src/api/api-error.ts'

const told = (detail: string, field: string, message: string) =>
  describeError(new ApiError(400, { detail, errors: [{ field, message }] }))

describe('what a refusal is called', () => {
  test('the field and what is wrong with it, in one sentence', () => {
    expect(told('It was refused.', 'due.date', 'must be a date that exists')).toBe('Date must be a date that exists.')
    expect(told('It was refused.', 'name', 'Names are at most 100 characters.')).toBe(
      'Names are at most 100 characters.',
    )
  })

  test('of all that was sent, such as a file, the message itself and nothing else', () => {
    const message = 'is not an iCalendar file: export it as .ics (iCalendar)'
    expect(told(`The file ${message}.`, 'body', message)).toBe(`The file ${message}.`)
  })

  test('a session that ended, in words that say what to do', () => {
    const error = new ApiError(401, { detail: 'There is no valid session: sign in at /api/auth/sign-in/email.' })
    expect(describeError(error)).toBe('Your session has ended. Sign in and do it again.')
  })
})
