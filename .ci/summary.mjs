// What .ci/run says at its end: each failure with its reason, and one line that counts.
// Called with the folder of the reports and the names of the suites: for each there are `<suite>.json` (vitest's report),
// `<suite>.log` (what it printed) and `<suite>.status` (how it ended). Exits with 1 when something failed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const [folder, ...suites] = process.argv.slice(2)

/** The failures of a suite, as text: those of tests, of files, and what else made it fail. */
function failuresOf({ report, log, status }) {
  const failures = (report.testResults ?? []).flatMap(({ name, status: outcome, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return outcome === 'failed' ? [`${name}\n${message}`] : []
    return failed.map((test) => `${name}: ${test.fullName}\n${test.failureMessages.join('\n').slice(0, 3000)}`)
  })
  if (failures.length > 0) return failures
  if (!report.numPassedTests) return [`no test ran, or none left a report\n${endOf(log)}`]
  return status === 0 ? [] : [`every test passed, and yet it ended with ${status}\n${errorsIn(log)}\n${endOf(log)}`]
}

/** The lines that speak of an error, with what follows them. */
function errorsIn(log) {
  const lines = log.split('\n')
  const near = (index) => lines.slice(Math.max(0, index - 12), index + 1).some((line) => SPEAKS_OF_ERROR.test(line))
  return lines
    .filter((_, index) => near(index))
    .slice(-120)
    .join('\n')
}

const SPEAKS_OF_ERROR = /^ERROR: |Unhandled|does not meet|close timed out|^npm error/u

const endOf = (log) => log.split('\n').slice(-20).join('\n')

function outcomeOf(suite) {
  const file = (ending) => join(folder, `${suite}.${ending}`)
  const report = existsSync(file('json')) ? JSON.parse(readFileSync(file('json'), 'utf8')) : {}
  const log = stripVTControlCharacters(readFileSync(file('log'), 'utf8')).trimEnd()
  return { report, log, status: Number(readFileSync(file('status'), 'utf8')) }
}

let passed = 0
let failed = 0
for (const suite of suites) {
  const outcome = outcomeOf(suite)
  const failures = failuresOf(outcome)
  for (const failure of failures) console.log(`FAILED in ${suite}: ${failure}`)
  passed += outcome.report.numPassedTests ?? 0
  failed += failures.length
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
