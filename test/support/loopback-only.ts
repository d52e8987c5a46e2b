import net from 'node:net'
import { isLoopbackHost } from './loopback-host.ts'

type Connect = (this: net.Socket, ...args: unknown[]) => net.Socket

// A test that reaches past this machine is a bug: it would pass or fail with the weather.
// Names under .test lead nowhere by themselves (RFC 6761); a test that dials one brings its own addresses.
const connect = Reflect.get(net.Socket.prototype, 'connect') as Connect
const guarded: Connect = function (...args) {
  const target: unknown = Array.isArray(args[0]) ? args[0][0] : args[0]
  const host: unknown =
    typeof target === 'object' && target !== null && 'host' in target ? target.host : undefined
  if (typeof host === 'string' && !isLoopbackHost(host) && !host.endsWith('.test')) {
    throw new Error(`Cannot connect to "${host}": tests may use loopback only`)
  }
  return Reflect.apply(connect, this, args)
}
Reflect.set(net.Socket.prototype, 'connect', guarded)
