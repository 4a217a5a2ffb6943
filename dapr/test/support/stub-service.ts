// A service without a task: enough for its sidecar and its supervisor.
import { createServer } from 'node:http'

const { APP_PORT, REPLICA } = process.env
const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(request.url === '/dapr/subscribe' ? '[]' : JSON.stringify({ replica: REPLICA }))
})
server.listen(Number(APP_PORT), '127.0.0.1')
process.on('SIGTERM', () => {
  server.close(() => process.exit(0))
  server.closeAllConnections()
})
