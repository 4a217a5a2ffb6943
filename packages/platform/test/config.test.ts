import { expect, test } from 'vitest'
import { z } from 'zod'
import { loadConfig, PublicUrl } from '../src/config.ts'

const load = (PUBLIC_URL: string) => loadConfig(z.object({ PUBLIC_URL: PublicUrl }), { PUBLIC_URL }).PUBLIC_URL

test.each([
  ['https://todo.example.org', 'https://todo.example.org'],
  ['https://Todo.Example.org/', 'https://todo.example.org'],
  ['http://localhost:4721', 'http://localhost:4721'],
  ['https://todo.example.org:443', 'https://todo.example.org'],
])('PUBLIC_URL=%s is the address %s, as browsers write it', (given, address) => {
  expect(load(given)).toBe(address)
})

test.each([
  'http://localhost:4721/todo',
  'http://localhost:4721?x=1#y',
  'http://localhost:4721/#y',
  'https://ada@todo.example.org',
])('PUBLIC_URL=%s, at which nobody could sign up, is refused by name', (given) => {
  expect(() => load(given)).toThrow(
    /PUBLIC_URL: must be an address without a path or anything behind it, such as https:\/\/todo\.example\.org$/,
  )
})

test.each(['todo.example.org', 'ftp://todo.example.org', '/todo'])(
  'PUBLIC_URL=%s is no address of the web',
  (given) => {
    expect(() => load(given)).toThrow(/PUBLIC_URL: must be a URL such as https:/)
  },
)
