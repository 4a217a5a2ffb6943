import { runDapr } from '@todo/platform/dapr/run'
import { notificationService } from './service.ts'

await runDapr(notificationService, process)
