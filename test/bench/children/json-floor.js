// The least that any program with this result has to do: the objects into memory and out again, as JSON.
// Usage: node json-floor.js <file with all objects> <file to write>
const { readFileSync, writeFileSync } = require('node:fs');

const [source, target] = process.argv.slice(2);
writeFileSync(target, JSON.stringify(JSON.parse(readFileSync(source, 'utf8'))));
