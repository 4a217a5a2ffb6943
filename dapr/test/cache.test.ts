import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cacheFolder, installOnce } from '../src/cache.ts'
import { tempFolder } from './support/temp-folder.ts'
import { tinyProcess } from './support/tiny-process.ts'

/** What is in the cache, but for the guards of the locks. */
async function kept(folder: string): Promise<string[]> {
  return (await readdir(join(folder, '..'))).filter((name) => !name.endsWith('.guard'))
}

test('it is the folder that XDG names', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/ada' })).toBe('/var/cache/ada/todo-cloud')
  expect(cacheFolder({})).toMatch(/\/\.cache\/todo-cloud$/)
})

test('what is there is not made again', async () => {
  const folder = join(await tempFolder(), 'cache', 'kafka')
  let made = 0
  const make = async (unfinished: string) => {
    made += 1
    await writeFile(join(unfinished, 'jar'), 'content')
  }
  expect(await installOnce(folder, make)).toBe(folder)
  expect(await installOnce(folder, make)).toBe(folder)
  expect(made).toBe(1)
  expect(await readFile(join(folder, 'jar'), 'utf8')).toBe('content')
  expect(await kept(folder)).toEqual(['kafka'])
})

test('one that fails leaves nothing, and the next one tries again', async () => {
  const folder = join(await tempFolder(), 'kafka')
  const fail = async (unfinished: string) => {
    await writeFile(join(unfinished, 'half'), '')
    throw new Error('the line was cut')
  }
  await expect(installOnce(folder, fail)).rejects.toThrow('the line was cut')
  expect(await kept(folder)).toEqual([])
  await installOnce(folder, async () => {})
  expect(await readdir(folder)).toEqual([])
})

test('what a killed build left goes with the next one', async () => {
  const folder = join(await tempFolder(), 'dapr')
  await mkdir(`${folder}.new-x1y2`)
  await installOnce(folder, async () => {})
  expect(await kept(folder)).toEqual(['dapr'])
})

test('of two programs that come at once one makes it, and the other one waits', async () => {
  const root = await tempFolder()
  const folder = join(root, 'dapr')
  const script = `
    const { installOnce } = await import(${JSON.stringify(new URL('../src/cache.ts', import.meta.url).href)})
    const { appendFile } = await import('node:fs/promises')
    const { setTimeout } = await import('node:timers/promises')
    await installOnce(${JSON.stringify(folder)}, async () => {
      await appendFile(${JSON.stringify(join(root, 'made'))}, 'x')
      await setTimeout(300)
    })`
  const args = ['--input-type=module', '-e', script]
  const both = await Promise.all([1, 2].map(() => tinyProcess('', { args })))
  expect(await Promise.all(both.map(({ exited }) => exited))).toEqual([0, 0])
  expect(await readFile(join(root, 'made'), 'utf8')).toBe('x')
})
