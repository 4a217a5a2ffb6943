import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { simpleParser } from 'mailparser'
import type { ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'

/** What the server answers, from the first to the last; null: it takes the mail. The last answer stays. */
export type Answers = ({ at: 'sender' | 'recipient' | 'data'; code: number; text: string } | null)[]

/** A real mail server on a port of its own. */
export class TestMailServer {
  readonly mails: ParsedMail[] = []
  answers: Answers = [null]
  tries = 0
  readonly #server: SMTPServer

  constructor(options: SMTPServerOptions = {}) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', ...(options.onAuth ? [] : ['AUTH'])],
      disableReverseLookup: true,
      onMailFrom: (_address, _session, done) => {
        this.tries += 1
        done(this.#refusal('sender'))
      },
      onRcptTo: (_address, _session, done) => done(this.#refusal('recipient')),
      onData: (stream, _session, done) => {
        simpleParser(stream, {}).then((mail) => {
          const refusal = this.#refusal('data')
          if (!refusal) this.mails.push(mail)
          done(refusal)
        }, done)
      },
      ...options,
    })
    this.#server.on('error', () => {})
  }

  #refusal(at: 'sender' | 'recipient' | 'data') {
    const answer = this.answers[Math.min(this.tries, this.answers.length) - 1]
    return answer?.at === at ? Object.assign(new Error(answer.text), { responseCode: answer.code }) : null
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve))
  }
}

/** A server that follows a script: it answers a line, says nothing (null), dies, or trickles an answer without an end. */
export async function startScriptedServer(answer: (line: string) => string | null) {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    const say = (line: string) => {
      const text = answer(line)
      if (text === 'die') socket.resetAndDestroy()
      else if (text === 'trickle') trickle(socket)
      else if (text) socket.write(`${text}\r\n`)
    }
    say('CONNECT')
    socket.on('data', (chunk) => chunk.toString().trimEnd().split('\r\n').forEach(say))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, close, connections: () => sockets.size }
}

function trickle(socket: Socket): void {
  const timer = setInterval(() => socket.write('250-wait\r\n'), 20)
  socket.on('close', () => clearInterval(timer))
}
