import type { Priority } from '@todo/model/task'

export const PRIORITY_NAMES: Readonly<Record<Priority, string>> = { high: 'High', medium: 'Medium', low: 'Low' }
export const PRIORITIES: readonly Priority[] = ['high', 'medium', 'low']
