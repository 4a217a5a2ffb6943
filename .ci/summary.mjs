// What .ci/run says at its end: each failure with its reason, and one line that counts.
// Called with the folder of the reports and the names of the suites: for each there are `<suite>.json` (vitest's report),
// `<suite>.log` (what it printed) and `<suite>.status` (how it ended). Exits with 1 when something failed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const [folder, ...suites] = process.argv.slice(2)

/** The failures of a suite, as text: those of tests, of files, and what else made it fail. */
function failuresOf({ report, log, status }) {
  const ofTests = (report.testResults ?? []).flatMap(({ name, status: outcome, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return outcome === 'failed' ? [`${name}\n${message}`] : []
    return failed.map((test) => `${name}: ${test.fullName}\n${test.failureMessages.join('\n').slice(0, 3000)}`)
  })
  const others = errorsIn(log)
  if (ofTests.length > 0) return others === '' ? ofTests : [...ofTests, `beside its tests\n${others}`]
  if (!report.numPassedTests) return [`no test ran, or none left a report that can be read\n${endOf(log)}`]
  return status === 0 ? [] : [`every test passed, and yet it ended with ${status}\n${others}\n${endOf(log)}`]
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

const SPEAKS_OF_ERROR = /^ERROR: |Unhandled|does not meet|close timed out/u

const endOf = (log) => log.split('\n').slice(-20).join('\n')

function outcomeOf(suite) {
  const file = (ending) => join(folder, `${suite}.${ending}`)
  const log = stripVTControlCharacters(textOf(file('log'))).trimEnd()
  const status = textOf(file('status')).trim()
  return { report: readReport(textOf(file('json'))), log, status: /^\d+$/u.test(status) ? Number(status) : 'no status' }
}

const textOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** A suite that was killed while it wrote has left half of one. */
function readReport(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
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
