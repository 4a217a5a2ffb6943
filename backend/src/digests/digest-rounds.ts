import type { Log } from '@todo/platform/log'
import type { MailRules } from '../channels/recipient.ts'
import type { UnitOfWork } from '../context.ts'
import { catchUp, Rounds } from '../rounds.ts'
import { dueDigests } from './repo.ts'
import { sendDigest } from './send-digest.ts'

const EVERY_MS = 10_000

/** Digests are made by themselves. */
const DIGESTS = { actor: { kind: 'system', id: 'digests' }, clientId: null, mutationId: null, batchId: null } as const

interface DigestOptions {
  rules: MailRules
  log: Log
}

/** Looks again and again whose hour it is. Other replicas look as well: each digest is claimed. */
export function createDigestRounds(unitOfWork: UnitOfWork, options: DigestOptions): Rounds {
  const failure = 'digests could not be made; trying again'
  const rounds: Rounds = new Rounds(() => makeDueDigests(unitOfWork, options, () => rounds.isStopping), {
    everyMs: EVERY_MS,
    log: options.log,
    failure,
  })
  return rounds
}

/** Makes the digest of each whose hour it is. Answers how many were due. */
export async function makeDueDigests(
  { db, now, change }: UnitOfWork,
  { rules, log }: DigestOptions,
  isStopping = () => false,
): Promise<number> {
  return catchUp({
    findDue: (limit) => dueDigests(db, now(), limit),
    work: ({ userId }) => change(DIGESTS, (ctx) => sendDigest(ctx, userId, rules)),
    log,
    failure: 'a digest could not be made; trying again',
    isStopping,
  })
}
