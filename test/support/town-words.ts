/** Made-up places and doings, of which made-up news is put together. */
export const PLACES = [
  'Veldmoor',
  'Port Arrin',
  'Lower Quill',
  'Sankt Odo',
  'Brackwater',
  'Tern Island',
  'Hallow Ridge',
]
export const BODIES = [
  'council',
  'harbour board',
  'school district',
  'rail authority',
  'fire brigade',
  'theatre',
  'clinic',
]
export const DEEDS = ['approved', 'postponed', 'reviewed', 'announced', 'cancelled', 'defended', 'extended']
export const THINGS = [
  'ferry timetable',
  'bridge repair',
  'library roof',
  'winter budget',
  'tram line',
  'water fee',
  'night market',
]
