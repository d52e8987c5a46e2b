import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'

/** An application that answers requests. */
export interface WebHandler {
  fetch(request: Request, env: object): Response | Promise<Response>
}

/** Where to serve, and until when. */
export interface ServeOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly stop: AbortSignal
  readonly onListening?: (port: number) => void
  /** Sees every request first; `true` where it answers it itself. */
  readonly first?: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** Longest time that a request may take to arrive, ms. */
const MAX_ARRIVAL_MS = 10_000

/** All headers of a request together, bytes. */
const MAX_HEADER_BYTES = 16_384

/** Connections at a time; more wait in the system's own queue. */
const MAX_CONNECTIONS = 1_000

/** How long answers under way may take after `stop`, ms. */
const DRAIN_MS = 3_000

/**
 * Serves an application until `stop`; answers under way are finished. Requests that come too slowly or with too much before their body are
 * dropped.
 *
 * @throws where the address cannot be listened on
 */
export async function serveWeb(handler: WebHandler, options: ServeOptions): Promise<void> {
  const listener = getRequestListener((request, env) => handler.fetch(request, env), {
    errorHandler: () => new Response('Bad request\n', { status: 400 }),
  })
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: MAX_ARRIVAL_MS, headersTimeout: MAX_ARRIVAL_MS },
    (request, response) => {
      if (options.first?.(request, response) !== true) void listener(request, response)
    },
  )
  server.maxConnections = MAX_CONNECTIONS
  server.keepAliveTimeout = 5_000
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return
    const status =
      error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)
  })
  const port = await listen(server, options)
  options.onListening?.(port)
  await ended(server, options.stop)
}

function listen(server: Server, { host, port }: ServeOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new Error(`Cannot serve pages on ${host} port ${port}: ${error.code ?? error.message}`, {
          cause: error,
        }),
      )
    })
    server.listen(port, host, () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function ended(server: Server, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    server.once('close', resolve)
    const close = () => {
      server.close()
      server.closeIdleConnections()
      setTimeout(() => {
        server.closeAllConnections()
      }, DRAIN_MS).unref()
    }
    if (stop.aborted) close()
    else stop.addEventListener('abort', close, { once: true })
  })
}
