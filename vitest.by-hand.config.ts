import { defineConfig } from 'vitest/config';

// What takes long or writes files of the project: each is a command of its own (package.json).
// eslint-disable-next-line no-restricted-exports -- the form that Vitest asks for
export default defineConfig({
  test: {
    include: ['test/by-hand/**/*.ts'],
    globalSetup: ['test/support/server.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 240_000,
  },
});
