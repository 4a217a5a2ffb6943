import { expect, test } from 'vitest'
import { told } from './told.ts'

test.each([
  ['Call Bob on 12/12', 'Call Bob | 2026-12-12'],
  ['Call Bob on 31/12', 'Call Bob | 2026-12-31'],
  ['Call Bob by 12/31', 'Call Bob | 2026-12-31'],
  ['Call Bob on 1.2.', 'Call Bob | 2027-02-01'],
  ['Call Bob on 24.12', 'Call Bob | 2026-12-24'],
  ['Call Bob on 29/2', 'Call Bob | 2028-02-29'],
  ['25/12', '25/12 | 2026-12-25'],
  ['24.12.', '24.12. | 2026-12-24'],
  ['Call Bob 25/12 6pm', 'Call Bob | 2026-12-25 18:00'],
  ['Call Bob on 24.12. 18:00', 'Call Bob | 2026-12-24 18:00'],
  ['Call Bob 18:00 24.12.', 'Call Bob | 2026-12-24 18:00'],
  ['Call Bob at noon on 12/25', 'Call Bob | 2026-12-25 12:00'],
  ['Release 2.10 at 9am', 'Release 2.10 | 2026-12-03 09:00'],
])('%s is a day without a year: only one can be meant, and something says that it is one', (text, says) => {
  expect(told(text)).toBe(says)
})

test.each([
  'Call Bob 25/12',
  'Call Bob on 3/4',
  'Call Bob on 3/4 at noon',
  'Call Bob 24/7 9am',
  'Call Bob on 31/2',
  // Over since yesterday.
  'Call Bob on 1.12.',
  'Call Bob by 2.5',
  'Call Bob on 24/12 to 27/12',
  'Call Bob 2.5',
  '2.5',
])('%s stays a title, with its time', (text) => expect(told(text)).toBe(text))
