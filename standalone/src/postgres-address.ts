import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@todo/platform/free-port'
import type { SystemUser } from '@todo/platform/postgres/system-user'

/** The server's settings that make it reachable, and the URL by which it is. */
interface Address {
  settings: Record<string, string>
  url: string
  /** Takes away what was made for it outside of the data folder. */
  release: () => Promise<void>
}

/** It only names the socket's file: no other server's clients end up in our folder. */
const PORT = '5432'
/** Longest path of a socket (macOS: 104 with its end), less the file's name. */
const MAX_SOCKET_FOLDER = 103 - `/.s.PGSQL.${PORT}`.length

/** A socket in a folder that only we may enter: no port that others could take or try. Node has none on Windows. */
export async function chooseAddress(dataFolder: string, password: string, user: SystemUser | null): Promise<Address> {
  if (platform() === 'win32') return loopbackAddress(password)
  const inside = join(dataFolder, 'socket')
  const fits = inside.length <= MAX_SOCKET_FOLDER
  const folder = fits ? inside : await mkdtemp(join(tmpdir(), 'todo-cloud-'))
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o700)
  if (user) await chown(folder, user.uid, user.gid)
  return {
    settings: { listen_addresses: '', port: PORT, unix_socket_directories: folder },
    url: `postgres://postgres:${password}@localhost:${PORT}/postgres?host=${encodeURIComponent(folder)}`,
    release: async () => {
      if (!fits) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function loopbackAddress(password: string): Promise<Address> {
  const port = String(await freePort())
  return {
    settings: { listen_addresses: '127.0.0.1', port, unix_socket_directories: '' },
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    release: () => Promise.resolve(),
  }
}
