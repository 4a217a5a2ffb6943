import type { FastifyInstance } from 'fastify'
import { RecurrencePreview, RecurrencePreviewRequest, previewRecurrence } from '@todo/model/recurrence-preview'
import { answers, typed } from '../http/api.ts'
import { refusingBadRules } from './schedule.ts'

export async function recurrenceRoutes(app: FastifyInstance): Promise<void> {
  typed(app).post('/recurrence/preview', {
    schema: {
      tags: ['Tasks'],
      summary: 'A recurrence rule in words, and its next dates',
      body: RecurrencePreviewRequest,
      response: answers({ 200: RecurrencePreview }),
    },
    handler: async (request) => refusingBadRules('rule', () => previewRecurrence(request.body)),
  })
}
