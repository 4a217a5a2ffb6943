import { Problem } from '@todo/model/api'
import type { Answer } from './person.ts'

/** Words of stack traces, SQL and file systems, which are nobody's business. */
const LEAKS =
  /\bat \S+ \(\S+:\d+:\d+\)|node_modules|\.ts:\d|select |insert into|relation "|constraint|\/work\/|file:\/\//i

/** What is wrong with a refusal: empty when it is an RFC 9457 problem document of ours that leaks nothing. */
export function problemProblems({ status, headers, body }: Answer): string[] {
  const parsed = Problem.strict().safeParse(body)
  const problems = parsed.success ? [] : [`not a problem document: ${JSON.stringify(body).slice(0, 300)}`]
  if (!headers.get('content-type')?.startsWith('application/problem+json')) problems.push('another content type')
  if (parsed.success && parsed.data.status !== status) problems.push(`says ${parsed.data.status}, is ${status}`)
  if (LEAKS.test(JSON.stringify({ ...body, current: undefined })))
    problems.push(`leaks: ${JSON.stringify(body).slice(0, 300)}`)
  if (status === 400 && parsed.success && !parsed.data.detail) problems.push('does not say what is wrong')
  return problems
}
