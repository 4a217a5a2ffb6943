import type pg from 'pg'

/**
 * How `pg` is to connect to an address. It takes `sslmode=require`, which hosted databases write into theirs, for
 * `verify-full` until its next major version and warns of it at each start: so it is told that mode by its name. With
 * `channel_binding=require` it binds the password to the TLS connection, which it does only when asked by an option.
 */
export function connectionTo(url: string): Pick<pg.PoolConfig, 'connectionString' | 'enableChannelBinding'> {
  if (!URL.canParse(url)) return { connectionString: url }
  const parsed = new URL(url)
  const { searchParams } = parsed
  const isOurs = searchParams.get('sslmode') === 'require' && searchParams.get('uselibpqcompat') !== 'true'
  if (isOurs) searchParams.set('sslmode', 'verify-full')
  const bindsChannel = searchParams.get('channel_binding') === 'require'
  return {
    connectionString: isOurs ? parsed.href : url,
    ...(bindsChannel ? { enableChannelBinding: true } : {}),
  }
}
