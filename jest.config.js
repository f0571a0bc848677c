/** Hermetic tests: no cluster, no network, nothing to install beyond `npm ci`. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/', '<rootDir>/test/zones/'],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
  transform: { '^.+\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2023' }, sourceMaps: 'inline' }] },
  // The CEL evaluator is the one dependency that is an ES module only; the build bundles it.
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/)'],
  moduleNameMapper: {
    '^golden-path$': '<rootDir>/lib/index.ts',
    '^golden-path/policy$': '<rootDir>/lib/policy/index.ts',
    '^golden-path/testing/jest$': '<rootDir>/lib/testing/jest.ts',
    '^golden-path/testing$': '<rootDir>/lib/testing/index.ts',
  },
};
