import { join } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Puts the CEL evaluator into the build. It is an ES module only, which Node can require and jest cannot, and our
 * matcher runs in the jest of whoever uses it.
 */
const file = join(__dirname, '..', 'build', 'lib', 'policy', 'cel-js.js');

buildSync({
  entryPoints: [file],
  outfile: file,
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The licence comes along, in the file itself.
  legalComments: 'inline',
  banner: { js: '/* Contains @marcbachmann/cel-js, (c) Marc Bachmann, MIT licence. */' },
  logLevel: 'warning',
});
