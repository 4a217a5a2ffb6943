import { expect, test } from 'vitest'
import { safeLinks } from '../src/features/edit-task/safe-links.ts'

test('links in notes open beside the app, and images are only links', () => {
  expect(safeLinks('<a href="https://a.example">x</a>')).toContain('target="_blank" rel="noopener noreferrer nofollow"')
  expect(safeLinks('<img src="https://a.example/p.png" alt="plan" />')).toBe(
    '<a target="_blank" rel="noopener noreferrer nofollow" href="https://a.example/p.png">plan</a>',
  )
  expect(safeLinks('<p>See <a href="">this <em>one</em></a> and <a href="/b">that</a></p>')).toBe(
    '<p>See this <em>one</em> and <a target="_blank" rel="noopener noreferrer nofollow" href="/b">that</a></p>',
  )
})
