import fc from 'fast-check'

/** The seed of every property test, so that the same tree gives the same result on any day. */
const STEADY_SEED = 20_261_122

/** A number here tries other inputs: `TIDINGS_PROPERTY_SEED=7 npx vitest run test/properties`. */
const given = Number(process.env['TIDINGS_PROPERTY_SEED'])

fc.configureGlobal({ seed: Number.isInteger(given) && given > 0 ? given : STEADY_SEED })
