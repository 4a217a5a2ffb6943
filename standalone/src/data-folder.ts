import { mkdir } from 'node:fs/promises'

/** The folder of the database and the secrets, for us alone. */
export async function makeDataFolder(folder: string): Promise<void> {
  // As root, the database's own user has to pass through it.
  await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
}
