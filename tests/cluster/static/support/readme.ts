import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DOKS, REPOSITORY } from './command.ts'

export async function readReadme(): Promise<string> {
  return readFile(join(REPOSITORY, DOKS, 'README.md'), 'utf8')
}

/** The blocks of commands in it. */
export async function shellBlocks(): Promise<string[]> {
  return [...(await readReadme()).matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block)
}

/** The single commands of a block, each in words as the shell would have them; what a pipe joins are two. */
export function commandsIn(block: string): string[][] {
  const lines = block
    .replaceAll('\\\n', ' ')
    .replaceAll(/\$\([^)]*\)/g, 'answer')
    .replaceAll(/\|\s*\n/g, '| ')
  return lines
    .split(/\n|(?<!\|)\|(?!\|)|&&/)
    .map(wordsOf)
    .map((words) => words.slice(words.findIndex((word) => !/^[A-Z_]+=/.test(word))))
    .filter(([program]) => program !== undefined && program !== 'export')
}

function wordsOf(line: string): string[] {
  const words = line.match(/(?:[^\s'"<>]|"[^"]*"|'[^']*')+|[<>]+/g) ?? []
  const redirect = words.findIndex((word) => /^[<>]+$/.test(word))
  return (redirect === -1 ? words : words.slice(0, redirect)).map((word) => word.replaceAll(/["']/g, ''))
}
