import { describe, expect, it } from 'vitest'
import { TASK_URL, remindAt, serviceOfEachTest } from './endpoint-service.ts'
import { ntfyAt } from './messages.ts'

const { ntfy, service } = serviceOfEachTest()

describe('a reminder by ntfy', () => {
  it('has its title, what is due, and a button that opens it', async () => {
    ntfy.tokens.set('ada', 'tk_secret')
    const endpoint = ntfyAt(ntfy.url, 'ada', 'tk_secret')
    await service().remind(remindAt(endpoint))
    expect(ntfy.of('ada')).toEqual([
      {
        topic: 'ada',
        title: 'Water the plants',
        message: 'Due 1 Dec 2026, 09:00',
        click: TASK_URL,
        tags: ['bell'],
        priority: 4,
        actions: [{ action: 'view', label: 'Open task', url: TASK_URL }],
      },
    ])
    expect(JSON.stringify(service().published)).not.toContain('tk_secret')
  })

  it.each([
    ['a wrong token', 'tk_wrong', 401],
    ['no token', null, 403],
  ])('with %s is given up, but the channel is not gone: a token can be given', async (_what, token, status) => {
    ntfy.tokens.set('locked', 'tk_secret')
    const endpoint = ntfyAt(ntfy.url, 'locked', token)
    await service().remind(remindAt(endpoint))
    const error = expect.stringContaining(`answered ${status}: `) as string
    expect(service().tries(endpoint.channelId)).toMatchObject([{ isGone: false, retryAt: null, error }])
  })

  it('is tried again when the server has no room', async () => {
    ntfy.setFate('busy', { status: 507 }, 'taken')
    const endpoint = ntfyAt(`${ntfy.url}/`, 'busy')
    await service().remind(remindAt(endpoint))
    await service().runNextJob()
    expect(ntfy.of('busy')).toHaveLength(1)
  })
})
