import { STATUS_CODES } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { AppError } from '../errors.ts'
import { newTraceparent, traceIdOf } from '../tracing/trace-context.ts'
import { problemDocument } from './problem.ts'

/** Node keeps on the socket which answer is its turn; its own answer to a broken request looks there too. */
interface AnsweringSocket extends Socket {
  _httpMessage?: ServerResponse | null
}

/** Answers what Node could not read as a request, which Fastify never sees, and closes the line. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: AnsweringSocket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const turn = socket._httpMessage
  // What came before on this line is answered first; what is broken in the middle will never be whole.
  if (turn?.req.complete && !turn.writableEnded) return void turn.once('finish', () => writeProblem(error, socket))
  if (turn?.headersSent && !turn.writableEnded) return void socket.destroy()
  writeProblem(error, socket)
}

function writeProblem(error: Error & { code?: string }, socket: Socket): void {
  const problem = problemDocument(problemOf(error), traceIdOf(newTraceparent())!)
  const body = JSON.stringify(problem)
  socket.write(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
  socket.destroySoon()
}

function problemOf(error: Error & { code?: string }): AppError {
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    return new AppError('headers-too-large', 'Address and headers together are larger than 16 KiB: send less.')
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new AppError('request-timeout', 'The request did not arrive in time: send it again.')
  }
  return new AppError('invalid-request', 'This is not a request as HTTP/1.1 has it: it cannot be read.')
}
