// What "docker buildx bake" says of the images it pushed, from the standard input, as values for the chart.
// The pipeline runs it where nothing is installed: it can have no package.
import { json } from 'node:stream/consumers'
import { SERVICE_NAMES } from '../packages/platform/src/service.ts'

const metadata = (await json(process.stdin)) as Record<string, { 'containerimage.digest'?: string } | undefined>
const digests = SERVICE_NAMES.map((name) => [name, metadata[name]?.['containerimage.digest'] ?? ''] as const)
const missing = digests.flatMap(([name, digest]) => (/^sha256:[0-9a-f]{64}$/.test(digest) ? [] : [name]))
// A service without a digest would be upgraded to whatever the tag means then.
if (missing.length > 0) throw new Error(`There is no digest of ${missing.join(', ')} in it`)
console.log(JSON.stringify({ image: { digests: Object.fromEntries(digests) } }))
