import tseslint from 'typescript-eslint'
import jsdoc from 'eslint-plugin-jsdoc'

const impure = [
  [
    'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    'Take nowMs as an argument: core does not look at the clock.',
  ],
  [
    'NewExpression[callee.name="Date"][arguments.length=0]',
    'Take nowMs as an argument: core does not look at the clock.',
  ],
  [
    'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    'Take a seeded random as an argument: core repeats exactly.',
  ],
  ['CallExpression[callee.object.name="performance"]', 'core does not measure itself.'],
].map(([selector, message]) => ({ selector, message }))

const shapes = [
  { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
]

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', 'node_modules/**', '*.mjs', '.*.mjs', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', { name: 'process', message: 'Only main.ts touches the process.' }],
      'no-restricted-syntax': ['error', ...shapes],
    },
  },
  { files: ['src/main.ts'], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...impure, ...shapes],
      'no-restricted-globals': [
        'error',
        'process',
        'fetch',
        'setTimeout',
        'setInterval',
        'crypto',
        'performance',
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { FunctionDeclaration: true, ClassDeclaration: true },
          contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'],
        },
      ],
    },
  },
  // An adapter may stand behind an async port with a synchronous library.
  {
    files: ['src/adapters/**/*.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  // Tests read rows whose shape they have just made; a missing one fails the test either way.
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'vitest.config.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', { selector: 'TSEnumDeclaration', message: 'Use a union.' }],
    },
  },
)
