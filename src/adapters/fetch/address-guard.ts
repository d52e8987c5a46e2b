import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Judges where a URL from a feed or a user may lead. Pure: no DNS, no clock. */
export interface AddressGuard {
  /** Why this URL may not be asked for, or `null`. A name still has to pass `refuseAddress` once it is resolved. */
  refuseUrl(url: URL): string | null
  /** Why no connection to `address` may be made for `hostname`, or `null`. Asked for every address of every connection. */
  refuseAddress(address: string, hostname: string): string | null
}

/**
 * Ports of 1024 and above where no feed lives but much answers to plain text: the WHATWG list of bad ports and the usual
 * data stores and control sockets. Below 1024 only 80 and 443 are open.
 *
 * @see https://fetch.spec.whatwg.org/#block-bad-port
 */
const CLOSED_PORTS: ReadonlySet<number> = new Set([
  1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432,
  5672, 5900, 5984, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9200, 9300, 10080,
  10250, 11211, 15672, 25672, 27017, 27018, 50000,
])

/** Addresses that are public by number and yet answer only to the machine inside: Azure's platform channel. */
const PLATFORM_ADDRESSES: ReadonlySet<string> = new Set(['168.63.129.16'])

/** Names that mean this machine or this network, whatever DNS says (RFC 6761, RFC 6762, RFC 8375, ICANN .internal). */
const LOCAL_NAME =
  /^(?:localhost|ip6-localhost|ip6-loopback|broadcasthost|.+\.(?:localhost|localdomain|local|internal|intranet|lan|home|corp|home\.arpa|onion))$/

/** What may be done about a refusal, told with it. */
export const WAY_OUT = 'fetch.allow_addresses in the settings can allow it'

type IpAddress = ReturnType<typeof ipaddr.process>
interface AllowEntry {
  readonly range: readonly [IpAddress, number] | null
  readonly host: string | null
  readonly port: number | null
}

/**
 * A guard that lets through public unicast addresses and what the operator allows.
 *
 * @param allowAddresses CIDRs (`10.1.0.0/16`), addresses or host names; an address or name may end in `:port`, which
 *   also opens that port. A name is allowed for exactly that name, wherever it resolves to.
 * @throws TypeError for an entry that cannot be read: a guard that is half read is no guard.
 */
export function createAddressGuard(allowAddresses: readonly string[] = []): AddressGuard {
  const entries = allowAddresses.map(parseAllowEntry)
  return {
    refuseUrl: (url) => refuseUrl(url, entries),
    refuseAddress: (address, hostname) => refuseAddress(address, hostname, entries),
  }
}

function refuseUrl(url: URL, entries: readonly AllowEntry[]): string | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return `scheme "${url.protocol}" is not http or https`
  if (url.username !== '' || url.password !== '') return 'URL carries credentials'
  const host = canonicalHost(url.hostname)
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  const refusedPort = refusePort(host, port, entries)
  if (refusedPort !== null) return refusedPort
  const address = parseAddress(host)
  if (address !== null) return refuseAddress(host, host, entries)
  return isAllowedHost(host, entries) ? null : refuseName(host, entries)
}

function refusePort(host: string, port: number, entries: readonly AllowEntry[]): string | null {
  if (port === 80 || port === 443 || (port >= 1024 && !CLOSED_PORTS.has(port))) return null
  const address = parseAddress(host)
  const opened = entries.some((entry) => entry.port === port && matches(entry, host, address))
  return opened ? null : `port ${port} is closed to feeds`
}

function refuseName(host: string, entries: readonly AllowEntry[]): string | null {
  const lastLabel = host.slice(host.lastIndexOf('.') + 1)
  if (host === '' || /^(?:\d+|0x[\da-f]*)$/.test(lastLabel)) return `"${host}" is not a plain address`
  // Where the operator allows a network, its own names may lead into it: their addresses are judged one by one.
  if (entries.some((entry) => entry.range !== null)) return null
  return LOCAL_NAME.test(host) || !host.includes('.') ? `"${host}" is a local name; ${WAY_OUT}` : null
}

function refuseAddress(address: string, hostname: string, entries: readonly AllowEntry[]): string | null {
  const parsed = parseAddress(canonicalHost(address))
  if (parsed === null) return `"${address}" is not a plain address`
  const host = canonicalHost(hostname)
  if (entries.some((entry) => matches(entry, host, parsed))) return null
  return isPublic(parsed) ? null : `address ${parsed.toString()} is not public; ${WAY_OUT}`
}

/**
 * Whether an address is one of the open internet.
 *
 * For IPv6 only 2000::/3 is handed out (RFC 4291), so IPv4-compatible and unallocated space is refused; forms that carry
 * an IPv4 address (6to4, Teredo, NAT64, ISATAP) are refused whole.
 */
function isPublic(address: IpAddress): boolean {
  if (address.range() !== 'unicast') return false
  if (!('parts' in address)) return !PLATFORM_ADDRESSES.has(address.toString())
  const [first = 0, , , , fifth = 0, sixth = 0] = address.parts
  const isIsatap = (fifth === 0 || fifth === 0x0200) && sixth === 0x5efe
  return first >> 13 === 1 && !isIsatap
}

function isAllowedHost(host: string, entries: readonly AllowEntry[]): boolean {
  return entries.some((entry) => entry.host === host)
}

function matches(entry: AllowEntry, host: string, address: IpAddress | null): boolean {
  if (entry.host !== null) return entry.host === host
  if (entry.range === null || address === null) return false
  const [network, bits] = entry.range
  return network.kind() === address.kind() && address.match(network, bits)
}

/** Lower case, without brackets and without the dots that end a full name. */
function canonicalHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.+$/, '')
}

/** The address that a host spells, in whatever notation, mapped IPv6 taken as IPv4; `null` for a name. */
function parseAddress(host: string): IpAddress | null {
  if (isIP(host) === 0 && !ipaddr.isValid(host)) return null
  try {
    return ipaddr.process(host)
  } catch {
    return null
  }
}

function parseAllowEntry(entry: string): AllowEntry {
  const text = entry.trim().toLowerCase()
  if (ipaddr.isValidCIDR(text)) return { range: ipaddr.parseCIDR(text), host: null, port: null }
  const [, host = '', port] = /^(\[.+\]|[^:]+|.*:.*:.*?)(?::(\d{1,5}))?$/.exec(text) ?? []
  const bare = canonicalHost(isIP(text) === 6 ? text : host)
  const portNumber = isIP(text) === 6 || port === undefined ? null : Number(port)
  const address = parseAddress(bare)
  if (address !== null) {
    return { range: [address, address.kind() === 'ipv4' ? 32 : 128], host: null, port: portNumber }
  }
  if (!/^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u.test(bare)) {
    throw new TypeError(`Cannot read allowed address "${entry}": it is no CIDR, address or host name`)
  }
  return { range: null, host: bare, port: portNumber }
}
