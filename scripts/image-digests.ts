// What "docker buildx bake" says of the images it pushed, from the standard input, as values for the chart.
import { json } from 'node:stream/consumers'
import { z } from 'zod'

const Metadata = z.record(z.string(), z.unknown())
const Pushed = z.object({ 'containerimage.digest': z.string().regex(/^sha256:[0-9a-f]{64}$/) })

const images = Object.entries(Metadata.parse(await json(process.stdin))).flatMap(([target, about]) => {
  const pushed = Pushed.safeParse(about)
  return pushed.success ? [[target, pushed.data['containerimage.digest']] as const] : []
})
// An upgrade without digests would go to whatever the tag means then.
if (images.length === 0) throw new Error('There is no digest of an image in it')
console.log(JSON.stringify({ image: { digests: Object.fromEntries(images) } }))
