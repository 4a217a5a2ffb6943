import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StartError } from './start-error.ts'

const Secrets = z.object({
  /** Signs the session cookies. */
  AUTH_SECRET: z.string().min(32),
  /** Signs the tickets of live streams. */
  STREAM_SECRET: z.string().min(32),
  /** Seals the addresses of channels, signs web push and unsubscribe links. */
  CHANNEL_SECRET: z.string().min(32),
  /** Of the built-in database's superuser. */
  DATABASE_PASSWORD: z.string().min(32),
})
export type Secrets = z.infer<typeof Secrets>

const newSecret = () => randomBytes(32).toString('base64url')

/** What is not there is made: by the first start all of them, by a later version those that it brought. */
const MADE = ['AUTH_SECRET', 'STREAM_SECRET', 'CHANNEL_SECRET', 'DATABASE_PASSWORD'] as const

/** Without these the database cannot be opened, or everybody is signed out: a file that lacks one was damaged. */
const Kept = Secrets.partial({ CHANNEL_SECRET: true })

/** Reads the secrets of a data folder, which the first start makes. Only its owner may read them. */
export async function loadSecrets(dataFolder: string): Promise<Secrets> {
  const file = join(dataFolder, 'secrets.json')
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return writeSecrets(file, {})
  const kept = Kept.safeParse(parseJson(text))
  if (!kept.success) {
    throw new StartError(`${file} is damaged: bring it back from a backup. The database cannot be opened without it.`)
  }
  const complete = Secrets.safeParse(kept.data)
  return complete.success ? complete.data : writeSecrets(file, kept.data)
}

async function writeSecrets(file: string, kept: Partial<Secrets>): Promise<Secrets> {
  const made = Object.fromEntries(MADE.map((name) => [name, newSecret()]))
  const secrets = Secrets.parse({ ...made, ...kept })
  const unfinished = `${file}.new`
  const handle = await open(unfinished, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
    // On the disk before the database that is locked with them.
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, file)
  return secrets
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
