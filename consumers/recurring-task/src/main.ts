import { runDapr } from '@todo/platform/dapr/run'
import { recurringTaskService } from './service.ts'

await runDapr(recurringTaskService, process)
