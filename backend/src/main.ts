import { runDapr } from '@todo/platform/dapr/run'
import { backendService } from './service.ts'

await runDapr(backendService, process)
