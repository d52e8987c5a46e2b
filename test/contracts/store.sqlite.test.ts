import { startSqlite } from './sqlite-server.ts'
import { storeContract } from './store-contract.ts'

storeContract('SQLite', async () => startSqlite())
