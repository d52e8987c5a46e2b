import { startPostgres } from './postgres-server.ts'
import { storeContract } from './store-contract.ts'

storeContract('PostgreSQL', startPostgres)
