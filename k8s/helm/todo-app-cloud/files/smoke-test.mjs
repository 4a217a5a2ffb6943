// What a person does, on the release that has just been made: signs up, completes a recurring task, and gets the next one.
// The account is deleted again.
const origin = process.env.PUBLIC_URL
const base = process.env.BACKEND_URL
const patienceMs = 60_000
const email = `test-${crypto.randomUUID()}@example.org`
const password = crypto.randomUUID()
let cookie = ''

async function ask(method, path, body) {
  const headers = { origin, cookie, ...(body && { 'content-type': 'application/json' }) }
  const response = await fetch(`${base}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text.slice(0, 500)}`)
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0])
  if (cookies.length > 0) cookie = cookies.join('; ')
  return text ? JSON.parse(text) : null
}

async function until(what, find) {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const found = await find()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${patienceMs / 1_000} s`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

await ask('POST', '/api/auth/sign-up/email', { name: 'Release test', email, password, timeZone: 'UTC' })
try {
  const due = { date: '2040-01-15' }
  const task = await ask('POST', '/api/v1/tasks', { title: 'Test', due, recurrence: { rule: 'FREQ=MONTHLY' } })
  const begun = Date.now()
  await ask('POST', `/api/v1/tasks/${task.id}/complete`)
  const next = await until('the next occurrence', async () => {
    const { items } = await ask('GET', '/api/v1/tasks?state=open')
    return items.find(({ id, title }) => title === 'Test' && id !== task.id)
  })
  console.log(`the next occurrence is due ${next.due.date} and came after ${Date.now() - begun} ms`)
  await until('the history', async () => (await ask('GET', `/api/v1/tasks/${task.id}/history`)).items.length > 1)
  console.log('its history is there')
} finally {
  await ask('POST', '/api/auth/delete-user', { password })
}
