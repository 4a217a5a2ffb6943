/** Milli-cores and mebibytes. */
export interface Amount {
  cpu: number
  memory: number
}

export interface Requests {
  cpu?: string | number
  memory?: string | number
}

const MEBIBYTES: Record<string, number> = { Ki: 1 / 1024, Mi: 1, Gi: 1024, Ti: 1024 ** 2 }
const MIB = 1024 ** 2

/** `250m`, `1`, `0.5` */
function milliCores(quantity: string | number): number {
  const text = String(quantity)
  const value = text.endsWith('m') ? Number(text.slice(0, -1)) : Number(text) * 1_000
  return checked(value, text)
}

/** `96Mi`, `1Gi`, bytes */
function mebibytes(quantity: string | number): number {
  const text = String(quantity)
  const unit = /[KMGT]i$/.exec(text)?.[0]
  const value = unit ? Number(text.slice(0, -2)) * MEBIBYTES[unit]! : Number(text) / MIB
  return checked(value, text)
}

function checked(value: number, text: string): number {
  if (!Number.isFinite(value)) throw new Error(`"${text}" is no quantity that is known here`)
  return value
}

/** @throws when one of them is missing: what asks for nothing is counted as nothing, and is not */
export function amountOf({ cpu, memory }: Requests, what: string): Amount {
  if (cpu === undefined || memory === undefined) throw new Error(`${what} does not say what it needs`)
  return { cpu: milliCores(cpu), memory: mebibytes(memory) }
}

export const times = ({ cpu, memory }: Amount, count: number): Amount => ({ cpu: cpu * count, memory: memory * count })

export const sum = (amounts: readonly Amount[]): Amount => ({
  cpu: amounts.reduce((total, { cpu }) => total + cpu, 0),
  memory: amounts.reduce((total, { memory }) => total + memory, 0),
})

export const larger = (a: Amount, b: Amount): Amount => ({
  cpu: Math.max(a.cpu, b.cpu),
  memory: Math.max(a.memory, b.memory),
})
