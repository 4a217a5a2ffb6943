import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { command, REPOSITORY, trackedFiles } from './support/command.ts'

const BASH = /^#!.*\b(?:ba|da|)sh\b/

test('shellcheck has nothing to say of any shell script', async () => {
  const files = await trackedFiles()
  const texts = await Promise.all(files.map((file) => readFile(join(REPOSITORY, file), 'utf8').catch(() => '')))
  const scripts = files.filter((file, index) => file.endsWith('.sh') || BASH.test(texts[index]?.slice(0, 80) ?? ''))
  expect(scripts).toContain('.ci/run')
  const { code, stdout } = await command('shellcheck', ['--external-sources', '--source-path=SCRIPTDIR', ...scripts])
  expect(stdout).toBe('')
  expect(code).toBe(0)
})

test('Terraform and the list of images are written as their formatter writes them', async () => {
  const files = await trackedFiles('*.tf', '*.hcl', '*.tf.example', '*.tfvars.example')
  expect(files).toContain('k8s/clusters/doks/main.tf')
  for (const file of files) {
    const text = await readFile(join(REPOSITORY, file), 'utf8')
    const { code, stdout, stderr } = await command('hclfmt', ['-check'], { input: text })
    expect({ file, code, stderr }).toEqual({ file, code: 0, stderr: '' })
    expect(stdout).toBe(text)
  }
})

test('every YAML file can be read, each key once', async () => {
  const files = (await trackedFiles('*.yaml', '*.yml')).filter((file) => !file.includes('/templates/'))
  expect(files).toContain('.github/workflows/ci-cd.yaml')
  for (const file of files) {
    const documents = parseAllDocuments(await readFile(join(REPOSITORY, file), 'utf8'))
    const found = [documents].flat().flatMap((document) => ('errors' in document ? document.errors : []))
    expect({ file, found: found.map(({ message }) => message) }).toEqual({ file, found: [] })
  }
})
