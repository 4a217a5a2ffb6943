import { DummyDriver, Kysely, PostgresAdapter, PostgresQueryCompiler, sql } from 'kysely'
import type { CompiledQuery, RawBuilder } from 'kysely'
import type { Tables } from './tables.ts'

/** Builds statements that are run elsewhere. */
export const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: () => {
      throw new Error('the builder has no database to look at')
    },
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** Where a value of that name goes. */
class Place {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

export type Places<Values> = { [Name in keyof Values]-?: RawBuilder<Values[Name]> }

interface Buildable<Row> {
  compile: (builder: Kysely<Tables>) => CompiledQuery<Row>
}

/**
 * A statement that is built once: after that each call only says the values, of the same names every time. Building
 * the insert of a task each time was a tenth of what the app does for one.
 */
export function statement<Values extends object, Row = unknown>(
  build: (places: Places<Values>) => Buildable<Row>,
): (values: Values) => CompiledQuery<Row> {
  let built: CompiledQuery<Row> | undefined
  return (values) => {
    built ??= build(placesOf(values)).compile(builder)
    const given = values as Record<string, unknown>
    const parameters = built.parameters.map((value) => (value instanceof Place ? given[value.name] : value))
    return { ...built, parameters }
  }
}

function placesOf<Values extends object>(values: Values): Places<Values> {
  return Object.fromEntries(Object.keys(values).map((name) => [name, sql`${new Place(name)}`])) as Places<Values>
}
