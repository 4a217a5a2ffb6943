import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findGo, findJava } from '../src/toolchain.ts'
import { tempFolder } from './support/temp-folder.ts'

/** A PATH on which only this program is, and says this. */
async function pathWith(program: string, says: string, code = 0): Promise<string> {
  const folder = await tempFolder()
  await writeFile(join(folder, program), `#!/bin/sh\necho '${says}' >&2\nexit ${code}\n`, { mode: 0o755 })
  return folder
}

test.for(['openjdk version "17.0.15" 2025-04-15', 'openjdk version "21" 2023-09-19', 'java version "25.0.1"'])(
  'Kafka runs on %s',
  async (says) => {
    expect(await findJava({ PATH: await pathWith('java', says) })).toBe('java')
  },
)

test("JAVA_HOME's Java goes before the one on the PATH", async () => {
  const PATH = await pathWith('java', 'openjdk version "11.0.2"')
  const JAVA_HOME = await tempFolder()
  await expect(findJava({ PATH, JAVA_HOME })).rejects.toThrow('There is no Java here')
})

test.for([
  [null, 'There is no Java here. Kafka needs Java 17 or newer: install it'],
  ['openjdk version "11.0.2" 2019-01-15', 'This Java is version 11. Kafka needs Java 17 or newer'],
  ['java version "1.8.0_392"', 'This Java is version 1. Kafka needs Java 17 or newer'],
  ['The operation couldn’t be completed. Unable to locate a Java Runtime.', 'This Java is of an unknown version.'],
] as const)('a machine with the Java %j is told what to install, in one line', async ([says, line]) => {
  const PATH = says === null ? await tempFolder() : await pathWith('java', says, says.startsWith('The') ? 1 : 0)
  const error = await findJava({ PATH }).catch((reason: unknown) => reason as Error)
  expect(error).toMatchObject({ name: 'StartError', message: expect.stringContaining(line) })
  expect((error as Error).message).not.toContain('\n')
})

test.for(['go version go1.24.6 linux/amd64', 'go version go1.30 darwin/arm64', 'go version go2.0.1 linux/amd64'])(
  'Dapr is built with %s',
  async (says) => {
    expect(await findGo({ PATH: await pathWith('go', says) })).toBe('go')
  },
)

test.for([
  [null, 'There is no Go here. Dapr is built once with Go 1.24 or newer: install it'],
  ['go version go1.23.9 linux/amd64', 'This Go is version 1.23. Dapr is built once with Go 1.24 or newer'],
] as const)('a machine with the Go %j is told what to install, in one line', async ([says, line]) => {
  const PATH = says === null ? await tempFolder() : await pathWith('go', says)
  const error = await findGo({ PATH }).catch((reason: unknown) => reason as Error)
  expect(error).toMatchObject({ name: 'StartError', message: expect.stringContaining(line) })
  expect((error as Error).message).not.toContain('\n')
})
