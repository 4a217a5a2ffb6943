// Fails when the JavaScript that the dashboard needs before it can be used has grown past its limit.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT_KB = 150
const DIST = new URL('../dist/', import.meta.url)
/** What the first screen loads: the entry and the dashboard, with all that they import at once. */
const FIRST_LOAD = ['index.html', 'src/app/dashboard.ts']

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', DIST), 'utf8'))
const files = new Set()

function collect(name) {
  const chunk = manifest[name]
  if (!chunk)
    throw new Error(`${name} is not in the build: was it renamed? Name the first load in scripts/bundle-size.mjs`)
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const other of chunk.imports ?? []) collect(other)
}
FIRST_LOAD.forEach(collect)

function print(kilobytes, what) {
  process.stdout.write(`${kilobytes.toFixed(1).padStart(7)} kB  ${what}\n`)
}

let total = 0
for (const file of files) {
  const size = gzipSync(readFileSync(new URL(file, DIST)), { level: 9 }).length / 1000
  total += size
  print(size, file)
}
print(total, `compressed JavaScript on the first load, of at most ${LIMIT_KB} kB`)
process.exitCode = total > LIMIT_KB ? 1 : 0
