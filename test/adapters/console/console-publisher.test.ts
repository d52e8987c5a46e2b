import { consolePublisher } from '../../../src/adapters/console/console-publisher.ts'
import { publisherContract } from '../../contracts/publisher-contract.ts'

publisherContract('consolePublisher()', () => {
  const printed: string[] = []
  const out = (text: string) => {
    printed.push(text)
  }
  return Promise.resolve({
    publisher: consolePublisher(out, { columns: 80, color: false }),
    destination: { id: 'c', platform: 'console', address: '', tenant: null, name: '' },
    received: () => Promise.resolve(printed),
    behave: () => false,
    close: () => Promise.resolve(),
  })
})
