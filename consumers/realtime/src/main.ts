import { runDapr } from '@todo/platform/dapr/run'
import { realtimeService } from './service.ts'

await runDapr(realtimeService, process)
