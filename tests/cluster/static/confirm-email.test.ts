import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { command } from './support/command.ts'

const CHART = 'k8s/helm/todo-app-cloud'

/** As the backend is told it. */
async function confirmEmail(...sets: string[]): Promise<string[]> {
  const args = ['template', 'todo', CHART, '--kube-version', '1.33.0', '--values', `${CHART}/examples/tiny.yaml`]
  const { code, stdout, stderr } = await command('helm', [
    ...args,
    '--show-only',
    'templates/services.yaml',
    ...sets.flatMap((set) => ['--set', set]),
  ])
  expect(code, stderr).toBe(0)
  const backend = parseAllDocuments(stdout, { version: '1.1' })
    .map((document) => document.toJS())
    .find((manifest) => manifest?.kind === 'Deployment' && manifest.metadata.name === 'todo-backend')
  const [{ env }] = backend.spec.template.spec.containers
  return env
    .filter(({ name }: { name: string }) => name === 'CONFIRM_EMAIL')
    .map(({ value }: { value: string }) => value)
}

const MAIL = 'smtp.url=smtp://mail.example.org'
const HTTPS = 'publicUrl=https://todo.example.org'

test.each([
  [[MAIL, HTTPS], 'required'],
  [[HTTPS], 'off'],
  [[MAIL, 'publicUrl=http://localhost:8080'], 'off'],
  [[MAIL, HTTPS, 'services.backend.env.CONFIRM_EMAIL=off'], 'off'],
])('with %s the chart says “%s”, once', async (sets, expected) => {
  expect(await confirmEmail(...sets)).toEqual([expected])
})
