import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { MOST_ENDPOINTS } from '@todo/model/channels'
import type { Channel, CreateChannel, EndpointAddress, PatchChannel } from '@todo/model/channels'
import { AppError, invalidField, notFound } from '@todo/platform/errors'
import { seal } from '@todo/platform/seal'
import type { Ctx } from '../context.ts'
import { announceProfile } from '../profile/announce-profile.ts'
import { findPerson, updatePerson } from '../profile/repo.ts'
import type { Tables } from '../tables.ts'
import { isBuiltIn } from './channel-id.ts'
import { addressHash, addressOf, placeOf } from './endpoint-address.ts'
import {
  deleteEndpoint,
  endpointsOf,
  insertEndpoint,
  lockAddress,
  lockPerson,
  otherOwnerOfPush,
  resultsOf,
  updateEndpoint,
} from './repo.ts'
import type { EndpointRow } from './repo.ts'
import { stopChannel } from './stop-channel.ts'

/** Those of ours first, then the endpoints as they were added. */
export async function listChannels(db: Kysely<Tables>, userId: string): Promise<Channel[]> {
  const person = await findPerson(db, userId)
  if (!person) throw notFound('account')
  const { email, emailReminders, emailOffReason } = person
  const channels: Omit<Channel, 'lastTry'>[] = [
    { id: 'in-app', kind: 'in-app', name: 'In the app', place: null, isOn: true, offReason: null },
    { id: 'email', kind: 'email', name: email, place: null, isOn: emailReminders, offReason: emailOffReason },
    ...(await endpointsOf(db, userId)).map(asChannel),
  ]
  const results = new Map((await resultsOf(db, userId)).map(({ channel, at, error }) => [channel, { at, error }]))
  return channels.map((channel) => ({ ...channel, lastTry: results.get(channel.id) ?? null }))
}

function asChannel({ id, kind, name, place, isOn, offReason }: EndpointRow): Omit<Channel, 'lastTry'> {
  return { id, kind, name, place, isOn, offReason }
}

interface CreateOptions {
  userId: string
  input: CreateChannel
  /** Seals what could be abused. */
  secret: string
}

interface Created {
  channel: Channel
  created: boolean
  /** What a webhook signs with, to be told once. */
  signingSecret: string | null
}

/**
 * Adds an endpoint. One that is known by its address is switched on, with what its sender knows better: the keys of a
 * push, the token of ntfy. A browser is one person's: its push leaves the account that had it.
 * @throws 409 for more than `MOST_ENDPOINTS`, and for an id that another one has; 404 when that is somebody else's
 */
export async function createChannel(ctx: Ctx, { userId, input, secret }: CreateOptions): Promise<Created> {
  const { tx } = ctx
  const address = addressOf(input)
  const hash = addressHash(address, secret)
  await lockPerson(tx, userId)
  if (address.kind === 'web-push') await takeOver(ctx, { userId, addressHash: hash })
  const endpoints = await endpointsOf(tx, userId)
  const known = endpoints.find((endpoint) => endpoint.addressHash === hash)
  const sealed = seal(JSON.stringify(address), { secret, userId })
  const id = known?.id ?? input.id ?? uuidv7()
  if (known) {
    await updateEndpoint(tx, { userId, id }, { isOn: true, sealed: address.kind === 'webhook' ? undefined : sealed })
  } else {
    refuseMore(endpoints, id)
    await insertNew(ctx, { userId, id, address, sealed, name: input.name, hash })
  }
  announceProfile(ctx, userId)
  const channel = await findChannel(ctx, userId, id)
  return { channel, created: !known, signingSecret: !known && address.kind === 'webhook' ? address.secret : null }
}

function refuseMore(endpoints: EndpointRow[], id: string): void {
  if (endpoints.some((endpoint) => endpoint.id === id)) {
    throw new AppError('conflict', 'There is another channel with this id: send a new id.')
  }
  if (endpoints.length < MOST_ENDPOINTS) return
  throw new AppError('conflict', `There are ${MOST_ENDPOINTS} channels of your own already: remove one first.`)
}

interface NewEndpoint {
  userId: string
  id: string
  address: EndpointAddress
  name: string
  sealed: string
  hash: string
}

async function insertNew({ tx, now }: Ctx, { userId, id, address, name, sealed, hash }: NewEndpoint): Promise<void> {
  const isNew = await insertEndpoint(tx, {
    id,
    user_id: userId,
    kind: address.kind,
    name,
    place: placeOf(address),
    sealed,
    address_hash: hash,
    created_at: now(),
  })
  if (!isNew) throw notFound('channel')
}

async function takeOver(ctx: Ctx, push: { userId: string; addressHash: string }): Promise<void> {
  await lockAddress(ctx.tx, push.addressHash)
  const other = await otherOwnerOfPush(ctx.tx, push)
  if (!other) return
  await deleteEndpoint(ctx.tx, other)
  stopChannel(ctx, { userId: other.userId, channelId: other.id })
  announceProfile(ctx, other.userId)
}

async function findChannel({ tx }: Ctx, userId: string, id: string): Promise<Channel> {
  const channel = (await listChannels(tx, userId)).find((one) => one.id === id)
  if (!channel) throw notFound('channel')
  return channel
}

interface OnChannel {
  userId: string
  channelId: string
}

/** @throws 400 for what a channel of ours does not take */
export async function changeChannel(
  ctx: Ctx,
  { userId, channelId, patch }: OnChannel & { patch: PatchChannel },
): Promise<Channel> {
  const { tx, now } = ctx
  const { name, isOn } = patch
  if (isBuiltIn(channelId)) {
    if (name !== undefined) throw invalidField('name', 'cannot be changed: this channel is not one of your own')
    if (channelId === 'in-app' && isOn === false) {
      throw invalidField('isOn', 'must be true: in the app, every reminder is shown')
    }
    if (channelId === 'email' && isOn !== undefined) await updatePerson(tx, userId, { emailReminders: isOn }, now())
  } else if (!(await updateEndpoint(tx, { userId, id: channelId }, { name, isOn }))) {
    throw notFound('channel')
  }
  if (isOn === false) stopChannel(ctx, { userId, channelId })
  announceProfile(ctx, userId)
  return findChannel(ctx, userId, channelId)
}

/** @throws 400 for one of ours, which everybody has */
export async function deleteChannel(ctx: Ctx, { userId, channelId }: OnChannel): Promise<void> {
  if (isBuiltIn(channelId)) throw invalidField('id', `cannot be ${channelId}: everybody has it, and keeps it`)
  if (!(await deleteEndpoint(ctx.tx, { userId, id: channelId }))) throw notFound('channel')
  stopChannel(ctx, { userId, channelId })
  announceProfile(ctx, userId)
}
