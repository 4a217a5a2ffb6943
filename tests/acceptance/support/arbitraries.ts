import fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import type { Schema } from './operations.ts'

/** Text that has broken other programs. */
const ODD_TEXT = fc.constantFrom(
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  '🧀'.repeat(60),
  'x'.repeat(600),
  "'; drop table task; --",
  '%',
  '%_\\',
  '..',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-1',
  '1e309',
  '00000000-0000-0000-0000-000000000000',
  '0000-01-01',
  '9999-12-31',
  '2026-02-30',
  '2040-01-01T00:00:00Z',
  '24:00',
  'Europe/Lisbon',
  'Etc/GMT+14',
  'FREQ=DAILY',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=999999999',
  'FREQ=SECONDLY;INTERVAL=99999999999999999999',
  'W10',
)

const TEXT = fc.oneof(
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: ODD_TEXT },
)

const ODD_NUMBER = fc.constantFrom(0, -0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e300)

const JUNK: Arbitrary<unknown> = fc.oneof(
  TEXT,
  ODD_NUMBER,
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 3 }),
)

const RULES = fc
  .record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    rest: fc.subarray([
      'INTERVAL=2',
      'INTERVAL=1000000',
      'COUNT=3',
      'UNTIL=20991231',
      'BYDAY=MO,-1FR',
      'BYMONTHDAY=-1,31',
      'BYSETPOS=-1',
      'BYMONTH=2',
      'BYYEARDAY=366',
      'BYWEEKNO=53',
      'WKST=SU',
    ]),
  })
  .map(({ freq, rest }) => [`FREQ=${freq}`, ...rest].join(';'))

const DAY = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const BY_FORMAT: Record<string, Arbitrary<string>> = {
  uuid: fc.uuid(),
  date: DAY,
  'date-time': fc
    .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
}

/** Nobody answers there. */
const ADDRESS = fc.constantFrom(
  'https://nowhere.invalid',
  'http://nowhere.invalid:8080/a?b=c#d',
  'https://a:b@nowhere.invalid',
  'https://xn--',
  'ftp://nowhere.invalid',
)

const base64url = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((key) => Buffer.from(key).toString('base64url'))

/** Fields whose schema says less than their meaning. */
const BY_NAME: Record<string, Arbitrary<string>> = {
  endpoint: ADDRESS,
  url: ADDRESS,
  server: ADDRESS,
  p256dh: base64url(65),
  auth: base64url(16),
  rule: RULES,
  start: fc.oneof(
    DAY,
    DAY.map((day) => `${day}T09:30:00`),
  ),
  time: fc.constantFrom('00:00', '09:30', '23:59'),
  timeZone: fc.constantFrom(
    'UTC',
    'Europe/Lisbon',
    'Pacific/Apia',
    'Asia/Kolkata',
    'America/St_Johns',
    'EST',
    'Etc/GMT+5',
    'europe/berlin',
    // What some libraries take for a zone and others do not.
    'PST',
    'IST',
  ),
}

/** Ids, or names, of things that are there, for a field of this name. */
export type Known = (name: string) => string[]

/** Values for a JSON Schema: most fit, some do not, anywhere in them. */
export function valueFor(schema: Schema, known: Known, name = ''): Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: fitting(schema, known, name) }, { weight: 1, arbitrary: JUNK })
}

function fitting(schema: Schema, known: Known, name: string): Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...(schema.enum as unknown[]))
  const branches = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as Schema[] | undefined
  if (branches) return fc.oneof(...branches.map((branch) => fitting(branch, known, name)))
  switch (schema.type) {
    case 'object':
      return object(schema, known)
    case 'array':
      return fc.array(valueFor(schema.items ?? {}, known, name), { maxLength: 4 })
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: schema.minimum ?? -10, max: schema.maximum ?? 1_000 }), ODD_NUMBER)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return text(schema, known, name)
    default:
      return JUNK
  }
}

function object({ properties = {}, required = [] }: Schema, known: Known): Arbitrary<unknown> {
  const fields = Object.entries(properties as Record<string, Schema>)
  const model = Object.fromEntries(fields.map(([name, field]) => [name, valueFor(field, known, name)]))
  const whole = fc.record(model, { requiredKeys: required as never[] })
  const broken = fc.record({ ...model, extra: JUNK }, { requiredKeys: [] })
  return fc.oneof({ weight: 9, arbitrary: whole }, { weight: 1, arbitrary: broken })
}

function text({ format, pattern }: Schema, known: Known, name: string): Arbitrary<string> {
  const things = known(name)
  if (things.length > 0) {
    return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...things) }, { weight: 1, arbitrary: fc.uuid() })
  }
  const named = BY_NAME[name] ?? BY_FORMAT[String(format)]
  if (named) return fc.oneof({ weight: 6, arbitrary: named }, { weight: 1, arbitrary: TEXT })
  if (pattern) return fc.oneof(fc.stringMatching(new RegExp(String(pattern), 'u'), { size: 'small' }), TEXT)
  return TEXT
}
