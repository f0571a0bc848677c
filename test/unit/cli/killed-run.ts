import fs from 'node:fs';
import { OutputTree } from '../../../lib/cli/output-tree';

// Writes to the folder given first, and kills itself before the rename of the number given second, or when all is done.
const [target = '', step = ''] = process.argv.slice(2);
const rename = fs.renameSync;
let renames = 0;

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('still alive');
}

fs.renameSync = (from, to) => {
  if (renames++ === Number(step)) die();
  rename(from, to);
};

async function main(): Promise<void> {
  const tree = await OutputTree.begin(target);
  await tree.write('a', 'new');
  await tree.write('b', 'same');
  await tree.commit();
  die();
}

void main();
