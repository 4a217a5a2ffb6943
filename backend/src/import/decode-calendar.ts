import { AppError } from '@todo/platform/errors'

/** What a file may have at most: about ten years of a full calendar. */
export const CALENDAR_LIMITS = { mebibytes: 10, entries: 10_000, lines: 500_000 } as const

/** Text has at most as many characters as its file has bytes. */
export const MAX_CALENDAR_BYTES = CALENDAR_LIMITS.mebibytes * 1024 * 1024

/**
 * The text of an uploaded file: UTF-8, or UTF-16 that says so with a byte order mark.
 * @throws AppError for other bytes and for a file that is too large, saying what to do
 */
export function decodeCalendar(bytes: Uint8Array): string {
  if (bytes.length > MAX_CALENDAR_BYTES) throw tooLarge()
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : isBigEndian(bytes) ? 'utf-16be' : 'utf-8'
  try {
    const whole = encoding === 'utf-8' ? withWholeCharacters(bytes) : bytes
    return new TextDecoder(encoding, { fatal: true }).decode(whole)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw refused('is not UTF-8 text: save or export it as UTF-8 (in many editors under “Save as”, “Encoding”)', error)
  }
}

const LF = 0x0a
const CR = 0x0d
const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x09
/** The second byte of a UTF-8 character, or one after it: none begins a line. */
const isContinuation = (byte: number | undefined) => byte !== undefined && byte >= 0x80 && byte < 0xc0

/**
 * Programs that fold lines after so many bytes do it in the middle of a character too (RFC 5545, 3.1): the fold moves
 * behind it, so that the lines stay the ones of the file.
 */
function withWholeCharacters(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(bytes)
  for (let at = whole.indexOf(LF); at >= 0; at = whole.indexOf(LF, at + 1)) {
    if (!isSpace(whole[at + 1]) || !isContinuation(whole[at + 2])) continue
    const fold = whole[at - 1] === CR ? at - 1 : at
    let end = at + 2
    while (isContinuation(whole[end])) end += 1
    const rest = whole.slice(at + 2, end)
    whole.copyWithin(fold + rest.length, fold, at + 2)
    whole.set(rest, fold)
  }
  return whole
}

function isBigEndian(bytes: Uint8Array): boolean {
  return bytes[0] === 0xfe && bytes[1] === 0xff
}

/** @throws AppError for text that cannot be a calendar, saying what it seems to be and what to do */
export function assertCalendar(text: string): void {
  if (text.length > MAX_CALENDAR_BYTES) throw tooLarge()
  const begin = text
    .slice(0, 10_000)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (begin === '') throw refused('is empty: choose the .ics file that your calendar or task program exported')
  if (/BEGIN:VCALENDAR/i.test(text)) {
    assertNotTooMany(text)
    return
  }
  if (begin.includes('\u0000') || begin.startsWith('\uFFFD\uFFFD')) {
    throw refused('is UTF-16 or not text at all: save or export it as UTF-8')
  }
  if (begin.startsWith('PK')) throw refused('is a ZIP archive: unpack it and choose the .ics file in it')
  if (/^<(!doctype|html)/i.test(begin)) {
    throw refused('is a web page, perhaps one that asks you to sign in: download the .ics file itself')
  }
  if (/^BEGIN:VCARD/i.test(begin)) throw refused('has contacts, not a calendar: export your tasks or calendar instead')
  throw refused('is not an iCalendar file, which begins with BEGIN:VCALENDAR: export it as .ics (iCalendar)')
}

/** Before the work, not after it. */
function assertNotTooMany(text: string): void {
  const entries = countOf(/^BEGIN:(?:VTODO|VEVENT)\b/gim, text)
  const lines = countOf(/\n|\r(?!\n)/g, text)
  const { entries: maxEntries, lines: maxLines } = CALENDAR_LIMITS
  if (entries <= maxEntries && lines <= maxLines) return
  const size =
    entries > maxEntries
      ? `${entries} tasks and events, more than ${maxEntries}`
      : `${lines} lines, more than ${maxLines}`
  throw refused(`has ${size}: export fewer lists or a shorter time at once`)
}

function countOf(pattern: RegExp, text: string): number {
  let count = 0
  while (pattern.exec(text)) count += 1
  return count
}

export function refused(message: string, cause?: unknown): AppError {
  return new AppError('invalid-request', `The file ${message}.`, { cause, errors: [{ field: 'body', message }] })
}

export function tooLarge(): AppError {
  const { mebibytes } = CALENDAR_LIMITS
  return new AppError(
    'too-large',
    `The file is larger than ${mebibytes} MiB: export fewer lists or a shorter time at once.`,
  )
}
