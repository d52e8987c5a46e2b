import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { WAY_OUT, type AddressGuard } from './address-guard.ts'

/** All addresses of a name, as `dns.lookup` with `all` gives them. */
export type ResolveAll = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void

/** That the guard let no connection be made. `message` says why and holds no secret. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError'
  readonly code = 'ADDRESS_REFUSED'
}

/** Resolves a name as the system does: hosts file, then DNS, all families. */
export const resolveWithSystem: ResolveAll = (hostname, done) => {
  dnsLookup(hostname, { all: true }, (error, addresses) => {
    done(error, error === null ? addresses : [])
  })
}

/**
 * An undici connector that asks the guard before every connection: a literal is judged as spelled, a name is resolved
 * once and only its permitted addresses are dialled, so that a second DNS answer cannot lead elsewhere.
 *
 * A `lookup` alone is not enough: node does not call it for literals (notes/libraries.md, section 4). The address that
 * the socket really reached is judged once more.
 */
export function guardedConnector(
  guard: AddressGuard,
  options: buildConnector.BuildOptions,
  resolve: ResolveAll = resolveWithSystem,
): buildConnector.connector {
  const connect = buildConnector({ ...options, lookup: guardedLookup(guard, resolve) })
  return (target, done) => {
    const refusal = guard.refuseUrl(originOf(target))
    if (refusal !== null) {
      done(new AddressRefusedError(refusal), null)
      return
    }
    connect(target, (...result) => {
      const [, socket] = result
      const reached = socket?.remoteAddress
      const late = reached === undefined ? null : guard.refuseAddress(reached, target.hostname)
      if (late === null) {
        done(...result)
        return
      }
      socket?.destroy()
      done(new AddressRefusedError(late), null)
    })
  }
}

function originOf(target: buildConnector.Options): URL {
  const host = target.hostname.includes(':')
    ? `[${target.hostname.replace(/^\[|\]$/g, '')}]`
    : target.hostname
  return new URL(`${target.protocol}//${host}${target.port ? `:${target.port}` : ''}`)
}

function guardedLookup(guard: AddressGuard, resolve: ResolveAll): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, (error, addresses) => {
      if (error !== null) {
        done(error, '')
        return
      }
      const wanted = addresses.filter((one) => !options.family || familyOf(options.family) === one.family)
      const open = wanted.filter((one) => guard.refuseAddress(one.address, hostname) === null)
      const [first] = open
      if (first === undefined) {
        done(new AddressRefusedError(refusalOf(guard, hostname, wanted)), '')
        return
      }
      if (options.all === true) done(null, open)
      else done(null, first.address, first.family)
    })
  }
}

function familyOf(family: number | 'IPv4' | 'IPv6'): number {
  if (family === 'IPv4') return 4
  return family === 'IPv6' ? 6 : family
}

// The address itself is not told: who may add feeds should not be able to read the inner DNS.
function refusalOf(guard: AddressGuard, hostname: string, addresses: readonly LookupAddress[]): string {
  const isRefused = addresses.some((one) => guard.refuseAddress(one.address, hostname) !== null)
  return isRefused ? `"${hostname}" leads to a private network; ${WAY_OUT}` : `"${hostname}" has no address`
}
