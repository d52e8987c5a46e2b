import { startSqliteThreads } from './sqlite-server.ts'
import { storeContract } from './store-contract.ts'

storeContract('SQLite in threads', async () => startSqliteThreads())
