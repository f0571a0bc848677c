const { join } = require('node:path');
const { transform, transformIgnorePatterns, moduleNameMapper } = require('../../jest.config');

/** The suites of the control plane; `npm run test:cluster` starts it and hands its address over. */
module.exports = {
  rootDir: join(__dirname, '..', '..'),
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/cluster/suites/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
  transform,
  transformIgnorePatterns,
  moduleNameMapper,
  testTimeout: 180_000,
};
