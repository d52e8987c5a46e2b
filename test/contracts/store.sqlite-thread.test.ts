import { startSqliteThread } from './sqlite-server.ts'
import { storeContract } from './store-contract.ts'

storeContract('SQLite in a thread', async () => startSqliteThread())
