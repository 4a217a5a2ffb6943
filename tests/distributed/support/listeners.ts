import { readdir, readFile, readlink } from 'node:fs/promises'

/** proc(5): the state of a socket that listens. */
const LISTENS = '0A'

/** Every address that a process listens on, as the system keeps it (Linux): hexadecimal, in the machine's byte order. */
export async function listeningAddresses(pid: number): Promise<string[]> {
  const own = new Set(await socketsOf(pid))
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8')))
  const rows = tables.flatMap((table) => table.trim().split('\n').slice(1)).map((row) => row.trim().split(/\s+/))
  return rows
    .filter(([, , , state, , , , , , inode]) => state === LISTENS && own.has(inode ?? ''))
    .map(([, local = '']) => local.split(':')[0] ?? '')
}

/** 127.0.0.1, ::1, and 127.0.0.1 as an IPv6 address. */
export const LOOPBACK = /^(?:0100007F|0{24}01000000|0{16}FFFF00000100007F)$/

async function socketsOf(pid: number): Promise<string[]> {
  const files = await readdir(`/proc/${pid}/fd`)
  const links = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')))
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [])
}
