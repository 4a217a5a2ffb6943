import { expect, test } from 'vitest'
import { pathOfUnkeepableText } from '../../src/http/unkeepable.ts'

test('text that the database does not keep is found wherever it is', () => {
  expect(pathOfUnkeepableText({ title: 'a', tags: ['b', 'c\0'] })).toBe('tags.1')
  expect(pathOfUnkeepableText('\ud83d')).toBe('')
  expect(pathOfUnkeepableText({ title: 'a\n🍪', due: null, count: 1 })).toBeNull()
})

test('the bytes of an uploaded file are not looked through one by one', () => {
  const file = Object.assign(Buffer.from('BEGIN:VCALENDAR'), { walked: '\0' })
  expect(pathOfUnkeepableText(file)).toBeNull()
  expect(pathOfUnkeepableText({ file })).toBeNull()
})
