import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

type Handle = (request: IncomingMessage, response: ServerResponse, before: number) => void

/** A server on loopback, for what only sockets can do. */
export const realServer = async (handle: Handle) => {
  let count = 0
  const server = createServer((request, response) => {
    request.resume()
    // After the body, so that a cut leaves no doubt that the request arrived.
    request.on('end', () => {
      handle(request, response, count)
      count += 1
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    count: () => count,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
