import type { Rolldown } from 'vite'

type ChunkGroup = NonNullable<Extract<Rolldown.OutputOptions['codeSplitting'], object>['groups']>[number]
type Context = Parameters<Extract<ChunkGroup['name'], (...args: never) => unknown>>[1]

/**
 * What a screen needs comes in one chunk instead of twenty small ones, each of which is a request and a start of its
 * own for the compression. What it shares with `others` stays outside.
 */
export function oneChunk(name: string, screen: string, others: readonly string[] = []): ChunkGroup {
  let members: Set<string> | undefined
  return {
    debugName: name,
    name: (id, context) => {
      members ??= withImports(screen, context).difference(
        new Set([screen, ...others.flatMap((other) => [...withImports(other, context)])]),
      )
      return members.has(id) ? name : null
    },
  }
}

/** A module, all that it imports at once, and what those import. */
function withImports(root: string, context: Context): Set<string> {
  const found = new Set([root])
  for (const id of found) for (const next of context.getModuleInfo(id)?.importedIds ?? []) found.add(next)
  return found
}
