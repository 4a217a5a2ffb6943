import { access } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { LONG } from '../../tests/longest-first.ts'

test.each(LONG)('%s, which is begun early, is there', async (name) => {
  await expect(access(new URL(`../../${name}.test.ts`, import.meta.url))).resolves.toBeUndefined()
})
