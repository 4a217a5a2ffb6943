import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A Java whose Kafka waits at its start for as long as it is held: so Kafka is away for longer than a restart takes. */
export class HeldJava {
  readonly home: string
  readonly #hold: string

  private constructor(home: string) {
    this.home = home
    this.#hold = join(home, 'hold')
  }

  static async create(home: string): Promise<HeldJava> {
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java'
    const held = new HeldJava(home)
    await mkdir(join(home, 'bin'), { recursive: true })
    const program = join(home, 'bin', 'java')
    const wait = `while [ -e '${held.#hold}' ]; do sleep 0.1; done`
    await writeFile(program, `#!/bin/sh\ncase "$*" in *" kafka.Kafka "*) ${wait} ;; esac\nexec '${java}' "$@"\n`)
    await chmod(program, 0o755)
    return held
  }

  hold(): Promise<void> {
    return writeFile(this.#hold, '')
  }

  release(): Promise<void> {
    return rm(this.#hold, { force: true })
  }
}
