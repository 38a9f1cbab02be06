import { defineConfig } from 'vite';

// The wizard: one page, all of it in the bundle, so that the server can forbid everything else.
// eslint-disable-next-line no-restricted-exports -- the form that Vite asks for
export default defineConfig({
  root: 'src/web/client',
  base: '/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  logLevel: 'warn',
});
