/** What a program that we start is given by the one that starts it. */
export interface Surroundings {
  env: Record<string, string | undefined>
  /** It takes a while: what is going on. */
  tell?: (line: string) => void
  /** As soon as there is a process, long before it is ready. */
  onSpawn?: (pid: number) => void
  /** No need to go on with what takes long. */
  signal?: AbortSignal
}
