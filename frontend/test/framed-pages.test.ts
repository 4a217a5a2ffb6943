import { readFile } from 'node:fs/promises'
import { needsNoSession } from '@todo/model/pages'
import { expect, test } from 'vitest'

const script = await readFile(new URL('../public/theme.js', import.meta.url), 'utf8')
const bare = new RegExp(/const framed = !\/(.+)\/u\.test/u.exec(script)![1]!, 'u')

test.each([
  ['/sign-in', true],
  ['/sign-up', true],
  ['/forgotten-password', true],
  ['/new-password', true],
  ['/confirm-email', true],
  ['/unsubscribe', true],
  ['/', false],
  ['/today', false],
  ['/settings', false],
  ['/lists/0192f0c1', false],
])('the script that runs first and the rest of the app agree whether %s needs no session: %s', (page, isBare) => {
  expect([bare.test(page), needsNoSession(page)]).toEqual([isBare, isBare])
})
