import { describe, expect, test } from 'vitest'
import { breakingStatements, deadlocksWithWriters } from '@todo/platform/testing/breaking-statements'

const BREAKING = [
  'drop table task',
  'alter table task drop column notes',
  'alter table task drop constraint task_pkey, add column x int',
  'ALTER TABLE task\n  RENAME COLUMN notes TO text',
  'alter table task rename to todo',
  'alter table task alter column title type varchar(3)',
  'alter table only task alter title set data type text',
  'alter table task alter column notes set not null',
  'alter table task alter column notes drop default',
  'alter table task add column x int not null',
  'alter table task add x int not null, add y int default 1',
  'alter table task add column y int default 1, add column x numeric(1, 2) not null',
  'alter table task add constraint short check (length(title) < 3)',
  'create unique index one on task (title)',
  'truncate task',
  'do $$ begin drop table task; end $$',
  'alter type mood add value $$a$$',
]

const HARMLESS = [
  'create table x (id int not null); alter table x add column y int not null; create unique index z on x (id)',
  'alter table task add column x int',
  'alter table task add column x int not null default 0',
  'alter table task add column x int generated always as identity',
  "alter table task add column check_in text not null default 'rename to'",
  'alter table task alter column notes drop not null',
  "alter table task alter column notes set default '', alter column notes set not null",
  'create index i on task (title)',
  "insert into task (title) values ('drop table task; truncate task')",
  '-- drop table task;\n/* alter table task rename to x; */ select 1',
  'create or replace function f() returns int language sql as $f$ select 1; drop table task $f$',
]

describe('older code may not live with', () => {
  test.each(BREAKING)('%s', (sql) => expect(breakingStatements(sql)).toHaveLength(1))
})

describe('older code can live with', () => {
  test.each(HARMLESS)('%s', (sql) => expect(breakingStatements(sql)).toEqual([]))
})

test('what wants a table for itself behind the making of an index waits for those who wait for the index', () => {
  const make = 'create index task_words on task (words)'
  expect(deadlocksWithWriters(`${make}; drop index task_search;`)).toEqual(['drop index task_search'])
  expect(deadlocksWithWriters(`${make}; update task set a = 1; alter table task add b int`)).toHaveLength(1)
  expect(deadlocksWithWriters(`drop index task_search; ${make}`)).toEqual([])
})
