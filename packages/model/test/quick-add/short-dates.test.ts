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
  ['Call Bob fri 25/12', 'Call Bob | 2026-12-25'],
  ['Call Bob on fri 25.12. 18:00', 'Call Bob | 2026-12-25 18:00'],
  ['Ship 1/16 9am', 'Ship | 2027-01-16 09:00'],
  ['Run every day until 24/12', 'Run | 2026-12-02 | FREQ=DAILY;UNTIL=20261224'],
  ['remind me on 24/12 at 9 to call', 'remind me to call | 2026-12-24 09:00'],
  // Numbers that are no day leave the day beside them alone.
  ['Buy 16/9 TV tomorrow', 'Buy 16/9 TV | 2026-12-03'],
  ['Pay 3/4 of it tomorrow 9am', 'Pay 3/4 of it | 2026-12-03 09:00'],
  ['call 24/7 line tomorrow at 9', 'call 24/7 line | 2026-12-03 09:00'],
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
  'Call Bob 2.10 9am',
  'Call Bob 24.12 18:00',
  'Call Bob 24.12. with Tim at 6pm',
  'Call Bob on 3/4 with Tim at 6pm',
  'Call Bob mon 25/12 9am',
  'Call Bob 24/12-27/12 9am',
  '25/12 call at 6pm',
  'Rate it 5/5 9am',
  'Read chapter 3/20 9am',
  'Ratio 16/9 at noon',
  'Call Bob remind me 9.10',
  'Call Bob remind me by 9.10',
  'Call Bob remind me 5/5',
  'every day until 2.5 km run',
  'Run every day starting 2.5',
])('%s stays a title, with its time', (text) => expect(told(text)).toBe(text))
