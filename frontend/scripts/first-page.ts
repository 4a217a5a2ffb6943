import { readFileSync } from 'node:fs'
import type { Plugin, Rolldown } from 'vite'

type Bundle = Rolldown.OutputBundle

const STYLESHEET = /<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/u
const THEME = '<script src="/theme.js"></script>'
const MODULE = /<(?:script type="module"|link rel="modulepreload")[^>]*>(?:<\/script>)?/gu

/**
 * Makes the page that comes first whole, so that it is drawn as soon as it is there. The styles are in it, and so is
 * public/theme.js, which the server allows by its hash: to fetch them would take longer than to read them. It is told
 * what each screen needs, to fetch it beside the entry instead of after it.
 */
export function firstPage(screens: Readonly<Record<string, readonly string[]>>): Plugin {
  return {
    name: 'first-page',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => {
        if (!bundle) return html
        const hints = Object.entries(screens).map(([screen, names]) => ` data-${screen}="${filesOf(bundle, names)}"`)
        const theme = readFileSync(new URL('../public/theme.js', import.meta.url), 'utf8')
        const entry = html.match(MODULE)?.map((tag) => tag.replace(' crossorigin', ' fetchpriority="low"$&')) ?? []
        return withStyles(html.replace(MODULE, ''), bundle).replace(
          THEME,
          // The longest begins first, on the line that brought the page.
          () => `${entry.toReversed().join('')}<script${hints.join('')}>${theme}</script>`,
        )
      },
    },
  }
}

function withStyles(html: string, bundle: Bundle): string {
  return html.replace(STYLESHEET, (_link, fileName: string) => {
    const styles = bundle[fileName]
    if (styles?.type !== 'asset') throw new Error(`${fileName} is not in the build`)
    delete bundle[fileName]
    return `<style>${String(styles.source)}</style>`
  })
}

/** The files of chunks and of all that they import at once, apart from what the entry brings. */
function filesOf(bundle: Bundle, names: readonly string[]): string {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const withImports = (roots: readonly string[]) => {
    const files = new Set(roots)
    for (const file of files)
      for (const next of chunks.find((chunk) => chunk.fileName === file)?.imports ?? []) files.add(next)
    return files
  }
  const named = chunks.filter(({ name }) => names.includes(name)).map(({ fileName }) => fileName)
  const entry = chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName)
  return [...withImports(named).difference(withImports(entry))].join(' ')
}
