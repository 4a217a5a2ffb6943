import { runDapr } from '@todo/platform/dapr/run'
import { auditService } from './service.ts'

await runDapr(auditService, process)
