import fc from 'fast-check'

/** Text that wants to act: marks of Discord between letters of many scripts. */
export const HOSTILE_TEXT = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['@everyone', '@here', '<@1100000000000000102>', '<@&1100000000000001102>', '<#11>', '<t:1:R>'],
        ...['[x](javascript:alert(1))', '[a](https://evil.example)', '||', '**', '__', '~~', '`', '```'],
        ...[
          '# ',
          '-# ',
          '> ',
          '>>> ',
          '- ',
          '1. ',
          '2) ',
          '+ ',
          ':smile:',
          ':100:',
          '</news:12>',
          '<id:guide>',
        ],
        ...['https://evil.example', 'discord.gg/abc', 'https://discord.com/invite/abc', '\\', '\n', '\u2028'],
        ...['\u202e', '\u200b', 'é', '👩‍👩‍👧', 'שלום', 'مرحبا', '\ud83d', '12:30:15', 'C:\\x'],
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''))
