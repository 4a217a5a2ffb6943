import { z } from 'zod'
import type { DaprClient } from './client.ts'

const Metadata = z.object({
  components: z.array(z.object({ name: z.string(), capabilities: z.array(z.string()).optional() })).nullish(),
  subscriptions: z.array(z.object({ pubsubname: z.string(), topic: z.string() })).nullish(),
})

/** What a sidecar says of itself. @throws AppError when it does not answer */
export async function readMetadata(client: Pick<DaprClient, 'send'>): Promise<z.infer<typeof Metadata>> {
  const { text } = await client.send({ method: 'GET', path: '/v1.0/metadata' })
  return Metadata.parse(JSON.parse(text))
}
