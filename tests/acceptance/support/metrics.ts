/** One line of Prometheus' text format. */
export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

/** Everything that these addresses tell, in one list. */
export async function readMetrics(urls: string[]): Promise<Sample[]> {
  const texts = await Promise.all(urls.map(async (url) => (await fetch(url)).text()))
  return texts.flatMap(samplesIn)
}

export function samplesIn(text: string): Sample[] {
  return text.split('\n').flatMap(sampleOf)
}

function sampleOf(line: string): Sample[] {
  const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)/.exec(line) ?? []
  if (!name) return []
  const pairs = [...labels.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, key = '', text = '']) => [key, text])
  return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }]
}
