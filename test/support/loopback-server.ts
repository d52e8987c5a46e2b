import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'

/** A server of this machine that a test may ask, and what reached it. */
export interface LoopbackServer {
  /** Without a slash at the end. */
  readonly origin: string
  readonly port: number
  /** Paths asked for, in order. */
  readonly hits: readonly string[]
  /** Connections made, also those that sent nothing. */
  readonly connections: () => number
  close(): Promise<void>
}

/** Opens an HTTP server on a free port of a loopback address; with `tls` an HTTPS one. */
export async function openLoopbackServer(
  answer: RequestListener,
  {
    host = '127.0.0.1',
    tls,
    port = 0,
  }: { host?: string; tls?: { key: string; cert: string }; port?: number } = {},
): Promise<LoopbackServer> {
  const hits: string[] = []
  const listener: RequestListener = (request, response) => {
    hits.push(request.url ?? '')
    answer(request, response)
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  const sockets = trackSockets(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = (server.address() as AddressInfo).port
  const shown = host.includes(':') ? `[${host}]` : host
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://${shown}:${bound}`,
    port: bound,
    hits,
    connections: () => sockets.count(),
    close: () => sockets.close(),
  }
}

function trackSockets(server: Server): { count: () => number; close: () => Promise<void> } {
  const open = new Set<Socket>()
  let made = 0
  server.on('connection', (socket: Socket) => {
    made++
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => undefined)
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve()
      })
      for (const socket of open) socket.destroy()
    })
  return { count: () => made, close }
}
