/** The images, by their targets in the Dockerfile; the smallest first, which makes what they share. */
export const TARGETS = [
  'recurring-task',
  'topics',
  'realtime',
  'audit',
  'notification',
  'backend',
  'standalone',
] as const
export type Target = (typeof TARGETS)[number]

/** `todo-cloud-backend:1.2`, under a registry or a folder of one where there is one. */
export function imageName(target: Target, { registry, tag }: { registry?: string | undefined; tag: string }): string {
  return `${registry ? `${registry.replace(/\/+$/, '')}/` : ''}todo-cloud-${target}:${tag}`
}
