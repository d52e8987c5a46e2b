import net from 'node:net'
import { isLoopbackHost } from './loopback-host.ts'

// A test that reaches past this machine is a bug: it would pass or fail with the weather.
// Names under .test lead nowhere by themselves (RFC 6761); a test that dials one brings its own addresses.
const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
  const target = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0]
  const host = (target as { host?: unknown } | null)?.host
  if (typeof host === 'string' && !isLoopbackHost(host) && !host.endsWith('.test')) {
    throw new Error(`Cannot connect to "${host}": tests may use loopback only`)
  }
  return Reflect.apply(connect, this, args) as net.Socket
} as typeof connect
