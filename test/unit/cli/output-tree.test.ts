import { spawnSync } from 'node:child_process';
import {
  promises as fs,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import nodeFs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { OutputTree, type OutputOptions, type OutputSummary } from '../../../lib/cli/output-tree';
import { ProblemsError, type Problem } from '../../../lib/core/problem';

type Files = Record<string, string>;

// Many files, real processes: a busy machine takes its time.
jest.setTimeout(60_000);

let root: string;
let target: string;

beforeEach(async () => {
  root = await fs.mkdtemp(join(tmpdir(), 'golden-output-'));
  target = join(root, 'dist', 'prod');
});

afterEach(async () => {
  jest.restoreAllMocks();
  await fs.rm(root, { recursive: true, force: true });
});

async function render(files: Files, options?: OutputOptions): Promise<OutputSummary> {
  const tree = await OutputTree.begin(target, options);
  try {
    await Promise.all(Object.entries(files).map(([path, text]) => tree.write(path, text)));
    return await tree.commit();
  } finally {
    await tree.abort();
  }
}

/** Everything below a folder but the index; folders only if empty. */
/** Walked by hand: `recursive` of Node follows links since 24. */
function contents(folder = target, under = ''): Files {
  const found: Files = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const relative = join(under, entry.name);
    if (entry.isSymbolicLink()) found[relative] = '<link>';
    else if (entry.isFile() && entry.name !== '.golden-index') found[relative] = readFileSync(path, 'utf8');
    else if (entry.isDirectory() && readdirSync(path).length === 0) found[relative] = '<empty>';
    else if (entry.isDirectory()) Object.assign(found, contents(path, relative));
  }
  return found;
}

function put(path: string, text: string, folder = target): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function indexed(): unknown {
  return JSON.parse(readFileSync(join(target, '.golden-index'), 'utf8'));
}

async function problemsOf(action: Promise<unknown>): Promise<readonly Problem[]> {
  const error: unknown = await action.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!ProblemsError.is(error)) throw error;
  return error.problems;
}

/** The id of a process that has ended. */
function deadId(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

function sibling(id: number, suffix = ''): string {
  return join(root, 'dist', `.prod.golden-${id}${suffix}`);
}

describe('a whole folder', () => {
  test('is made with its parents, and with an index', async () => {
    expect(await render({ 'b/z.yaml': '1', 'a.yaml': '2', 'b/y/x.yaml': 'é' })).toEqual({
      files: 3,
      written: 3,
      removed: 0,
      unchanged: false,
    });
    expect(contents()).toEqual({ 'a.yaml': '2', 'b/z.yaml': '1', 'b/y/x.yaml': 'é' });
    expect(indexed()).toEqual({ version: 1, files: ['a.yaml', 'b/y/x.yaml', 'b/z.yaml'] });
    expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
  });

  test('is not touched by a run that changes nothing', async () => {
    await render({ 'a.yaml': '1', 'b/c.yaml': '2' });
    const before = statSync(target);
    expect(await render({ 'b/c.yaml': '2', 'a.yaml': '1' })).toEqual({
      files: 2,
      written: 0,
      removed: 0,
      unchanged: true,
    });
    expect(statSync(target).ino).toBe(before.ino);
    expect(statSync(target).mtimeMs).toBe(before.mtimeMs);
    expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
  });

  test('loses what is no longer written, and its empty folders', async () => {
    await render({ 'a.yaml': '1', 'b/c/d.yaml': '2', 'b/e.yaml': '3' });
    expect(await render({ 'a.yaml': '1' })).toEqual({ files: 1, written: 0, removed: 2, unchanged: false });
    expect(contents()).toEqual({ 'a.yaml': '1' });
    expect(indexed()).toEqual({ version: 1, files: ['a.yaml'] });
  });

  test('gets the new text, while files with the same text stay the files they were', async () => {
    await render({ 'a.yaml': '1', 'b.yaml': '2' });
    const before = statSync(join(target, 'a.yaml'));
    expect(await render({ 'a.yaml': '1', 'b.yaml': '3' })).toMatchObject({ files: 2, written: 1, unchanged: false });
    expect(contents()).toEqual({ 'a.yaml': '1', 'b.yaml': '3' });
    expect(statSync(join(target, 'a.yaml')).ino).toBe(before.ino);
  });

  test('has the same index whatever the order of writing', async () => {
    await render({ b: '1', a: '2', c: '3' });
    const first = readFileSync(join(target, '.golden-index'), 'utf8');
    await render({ c: '3', a: '2', b: 'changed' });
    expect(readFileSync(join(target, '.golden-index'), 'utf8')).toBe(first);
  });

  test('can turn a file into a folder and back', async () => {
    await render({ a: '1' });
    await render({ 'a/b': '2' });
    expect(contents()).toEqual({ 'a/b': '2' });
    await render({ a: '3' });
    expect(contents()).toEqual({ a: '3' });
  });

  test('may be empty', async () => {
    await render({ a: '1' });
    expect(await render({})).toEqual({ files: 0, written: 0, removed: 1, unchanged: false });
    expect(contents()).toEqual({});
    expect(await render({})).toMatchObject({ unchanged: true });
  });

  test('brings back a file of ours that somebody removed or changed', async () => {
    await render({ a: '1', b: '2' });
    await fs.rm(join(target, 'a'));
    put('b', 'by hand');
    expect(await render({ a: '1', b: '2' })).toMatchObject({ written: 2, unchanged: false });
    expect(contents()).toEqual({ a: '1', b: '2' });
  });

  test('can be given as a link', async () => {
    mkdirSync(join(root, 'real'));
    mkdirSync(join(root, 'dist'));
    symlinkSync(join(root, 'real'), target);
    await render({ a: '1' });
    expect(lstatSync(target).isSymbolicLink()).toBe(true);
    expect(contents(join(root, 'real'))).toEqual({ a: '1' });
    expect(readdirSync(root).sort()).toEqual(['dist', 'real']);
  });

  test('keeps its mode', async () => {
    await render({ a: '1' });
    await fs.chmod(target, 0o700);
    await render({ a: '2' });
    expect(statSync(target).mode & 0o777).toBe(0o700);
  });

  test('takes thousands of files written at once', async () => {
    const files = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`s${i % 100}/f${i}.yaml`, `text ${i}`]));
    expect(await render(files)).toMatchObject({ files: 3000, written: 3000 });
    expect(Object.keys(contents())).toHaveLength(3000);
    expect(await render(files)).toMatchObject({ files: 3000, unchanged: true });
  });
});

describe('foreign files', () => {
  test('stay, the very same: files, links, folders, also empty ones', async () => {
    await render({ 'a.yaml': '1', 'b/c.yaml': '2', 'gone/d.yaml': '3' });
    put('README.md', 'mine');
    put('b/notes.txt', 'mine too');
    put('gone/left.txt', 'left');
    put('deep/er/file', 'deep');
    mkdirSync(join(target, 'empty'));
    mkdirSync(join(target, 'closed'), { mode: 0o750 });
    symlinkSync('nowhere', join(target, 'link'));
    symlinkSync('b', join(target, 'link-to-folder'));
    const before = statSync(join(target, 'README.md'));

    expect(await render({ 'a.yaml': 'new', 'b/c.yaml': '2' })).toMatchObject({ files: 2, written: 1, removed: 1 });

    expect(contents()).toEqual({
      'README.md': 'mine',
      'a.yaml': 'new',
      'b/c.yaml': '2',
      'b/notes.txt': 'mine too',
      closed: '<empty>',
      'deep/er/file': 'deep',
      empty: '<empty>',
      'gone/left.txt': 'left',
      link: '<link>',
      'link-to-folder': '<link>',
    });
    expect(await fs.readlink(join(target, 'link'))).toBe('nowhere');
    expect(statSync(join(target, 'README.md'))).toMatchObject({
      ino: before.ino,
      mtimeMs: before.mtimeMs,
      mode: before.mode,
    });
    expect(statSync(join(target, 'closed')).mode & 0o777).toBe(0o750);
    expect(indexed()).toEqual({ version: 1, files: ['a.yaml', 'b/c.yaml'] });
  });

  test('are copied where the disk has no hard links', async () => {
    jest.spyOn(fs, 'link').mockRejectedValue(Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'link' }));
    put('script.sh', 'mine');
    await fs.chmod(join(target, 'script.sh'), 0o755);
    await fs.utimes(join(target, 'script.sh'), 1000, 2000);
    await render({ a: '1', b: '2' });
    await render({ a: '1', b: '3' });
    expect(contents()).toEqual({ a: '1', b: '3', 'script.sh': 'mine' });
    expect(statSync(join(target, 'script.sh'))).toMatchObject({ mtimeMs: 2_000_000 });
    expect(statSync(join(target, 'script.sh')).mode & 0o777).toBe(0o755);
  });

  test('do not make a run that changes nothing a change', async () => {
    await render({ a: '1' });
    put('mine', 'x');
    expect(await render({ a: '1' })).toMatchObject({ unchanged: true });
  });

  test('a foreign file in the way is named, and nothing changes', async () => {
    await render({ 'a.yaml': '1' });
    put('b.yaml', 'mine');
    put('c/d.yaml', 'mine');
    expect(await problemsOf(render({ 'a.yaml': '2', 'b.yaml': 'x', 'c/d.yaml': 'x', 'e.yaml': 'x' }))).toMatchObject([
      { code: 'output-foreign-file', kind: 'input', subject: target, path: 'b.yaml' },
      { code: 'output-foreign-file', kind: 'input', subject: target, path: 'c/d.yaml' },
    ]);
    expect(contents()).toEqual({ 'a.yaml': '1', 'b.yaml': 'mine', 'c/d.yaml': 'mine' });
    expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
  });

  test.each<[string, (path: string) => void, Files]>([
    ['a file where a folder has to be', (path) => put(path, 'mine'), { 'x/y': '1' }],
    ['a link where a folder has to be', (path) => symlinkSync('elsewhere', join(target, path)), { 'x/y': '1' }],
    ['a link where a file has to be', (path) => symlinkSync('a', join(target, path)), { x: '1' }],
    ['a folder where a file has to be', (path) => mkdirSync(join(target, path)), { x: '1' }],
  ])('%s is in the way', async (_, make, files) => {
    await render({ a: '1' });
    make('x');
    expect(await problemsOf(render({ a: '1', ...files }))).toMatchObject([{ code: 'output-foreign-file', path: 'x' }]);
    expect(contents()).toMatchObject({ a: '1' });
  });

  test('a foreign file in a folder of ours that has to become a file is in the way', async () => {
    await render({ 'x/y': '1' });
    put('x/mine', 'm');
    expect(await problemsOf(render({ x: '1' }))).toMatchObject([{ code: 'output-foreign-file', path: 'x/mine' }]);
    expect(contents()).toEqual({ 'x/y': '1', 'x/mine': 'm' });
  });

  test('one of our files or folders that somebody made a link is foreign', async () => {
    await render({ a: '1', 'b/c': '2' });
    put('a', '1', join(root, 'elsewhere'));
    put('c', '2', join(root, 'elsewhere'));
    await fs.rm(join(target, 'a'));
    await fs.rm(join(target, 'b'), { recursive: true });
    symlinkSync(join(root, 'elsewhere', 'a'), join(target, 'a'));
    symlinkSync(join(root, 'elsewhere'), join(target, 'b'));
    expect(await problemsOf(render({ a: '1', 'b/c': '2' }))).toMatchObject([
      { code: 'output-foreign-file', path: 'a' },
      { code: 'output-foreign-file', path: 'b' },
    ]);
  });

  test('of many only the first are named', async () => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i + 10}`, 'x']));
    for (const path of Object.keys(files)) put(path, 'mine');
    const problems = await problemsOf(render(files));
    expect(problems).toHaveLength(20);
    expect(problems[0]?.path).toBe('f10');
    expect(problems[19]).toMatchObject({ path: 'f29', got: '10 more such files' });
  });

  test('an index that leads out of the folder harms nothing there', async () => {
    await render({ a: '1' });
    put('precious', 'x', root);
    put('.golden-index', JSON.stringify({ version: 1, files: ['../../precious', join(root, 'precious'), 'a'] }));
    await render({ a: '2' });
    expect(readFileSync(join(root, 'precious'), 'utf8')).toBe('x');
  });

  test.each(['<<<<<<< HEAD', '[]', 'null', '{"version":2,"files":[]}', '{"version":1,"files":[1]}'])(
    'an index of %j stops the run before anything changes',
    async (text) => {
      await render({ a: '1' });
      put('.golden-index', text);
      expect(await problemsOf(render({ a: '2' }))).toMatchObject([{ code: 'output-index', path: '.golden-index' }]);
      expect(contents()).toEqual({ a: '1' });
      expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
    },
  );
});

describe('with only some sub-folders', () => {
  beforeEach(() => render({ 'checkout/a': '1', 'checkout/b': '2', 'payment/a': '3', top: '4' }));

  test('replaces those and keeps our other files', async () => {
    put('checkout/mine', 'm');
    expect(await render({ 'checkout/a': 'new' }, { only: ['checkout'] })).toEqual({
      files: 1,
      written: 1,
      removed: 1,
      unchanged: false,
    });
    expect(contents()).toEqual({ 'checkout/a': 'new', 'checkout/mine': 'm', 'payment/a': '3', top: '4' });
    expect(indexed()).toEqual({ version: 1, files: ['checkout/a', 'payment/a', 'top'] });
  });

  test('the kept files are still ours afterwards', async () => {
    await render({ 'checkout/a': 'new' }, { only: ['checkout'] });
    expect(await render({ top: '5' })).toMatchObject({ removed: 2 });
    expect(contents()).toEqual({ top: '5' });
  });

  test('notices when nothing changes', async () => {
    expect(await render({ 'checkout/a': '1', 'checkout/b': '2' }, { only: ['checkout'] })).toMatchObject({
      unchanged: true,
    });
  });

  test('forgets a kept file that somebody removed', async () => {
    await fs.rm(join(target, 'top'));
    await render({ 'checkout/a': '1', 'checkout/b': '2' }, { only: ['checkout'] });
    expect(indexed()).toEqual({ version: 1, files: ['checkout/a', 'checkout/b', 'payment/a'] });
  });

  test.each(['payment/a', 'top', 'checkout', 'checkout-2/a'])('refuses to write %s', async (path) => {
    expect(await problemsOf(render({ [path]: 'x' }, { only: ['checkout'] }))).toMatchObject([
      { code: 'output-path', path },
    ]);
    expect(contents()).toMatchObject({ 'payment/a': '3', top: '4' });
  });

  test('checks the names of the folders', async () => {
    expect(await problemsOf(render({}, { only: ['../x'] }))).toMatchObject([{ code: 'output-path', path: '../x' }]);
  });
});

describe('paths', () => {
  test.each([
    ['', 'is empty'],
    ['/etc/passwd', 'is absolute'],
    ['C:/x', 'is absolute'],
    ['../x', 'leads out of the output folder'],
    ['a/../../x', 'leads out of the output folder'],
    ['a\\..\\x', 'contains a backslash'],
    ['a\0b', 'contains a NUL character'],
    ['a//b', 'has an empty step'],
    ['./a', 'has an empty step'],
    ['a/', 'has an empty step'],
    ['.golden-index', 'is that of the index'],
    ['.Golden-Index', 'is that of the index'],
  ])('%j is refused: it %s', async (path, fault) => {
    expect(await problemsOf(render({ ok: '1', [path]: 'x' }))).toMatchObject([
      { code: 'output-path', kind: 'input', path, message: `the path ${fault}` },
    ]);
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  test.each([
    [['a/b', 'a'], 'is that of a file and of a folder'],
    [['a', 'a/b'], 'is that of a file and of a folder'],
    [['a.yaml', 'A.yaml'], 'differs from a.yaml in case only'],
    [['a/x', 'A/y'], 'differs from a in case only'],
  ])('%j together are refused', async (paths, fault) => {
    expect(await problemsOf(render(Object.fromEntries(paths.map((path) => [path, 'x']))))).toMatchObject([
      { code: 'output-path', message: `the path ${fault}` },
    ]);
  });

  test('one path twice is refused', async () => {
    const tree = await OutputTree.begin(target);
    await tree.write('a', '1');
    expect(await problemsOf(tree.write('a', '2'))).toMatchObject([
      { code: 'output-path', message: 'the path is written twice' },
    ]);
    await tree.abort();
  });
});

describe('abort', () => {
  test('leaves the folder as it was, with nothing beside it', async () => {
    await render({ a: '1' });
    const tree = await OutputTree.begin(target);
    await tree.write('a', '2');
    expect(readdirSync(join(root, 'dist')).sort()).toEqual([`.prod.golden-${process.pid}`, 'prod']);
    await tree.abort();
    await tree.abort();
    expect(contents()).toEqual({ a: '1' });
    expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
    await expect(tree.write('b', '1')).rejects.toThrow('the output folder is aborted');
    await expect(tree.commit()).rejects.toThrow('the output folder is aborted');
  });

  test('removes the parents it made', async () => {
    await (await OutputTree.begin(join(root, 'x', 'y', 'z'))).abort();
    expect(readdirSync(root)).toEqual([]);
  });

  test('during writes stops them and leaves nothing', async () => {
    const tree = await OutputTree.begin(target);
    const writes = Array.from({ length: 500 }, (_, i) => tree.write(`d${i % 7}/f${i}`, 'x'));
    const results = Promise.allSettled(writes);
    await tree.abort();
    expect((await results).filter(({ status }) => status === 'rejected').length).toBeGreaterThan(400);
    expect(readdirSync(root)).toEqual([]);
  });

  test('at any moment of a commit gives the old folder or the new one, whole', async () => {
    const files = (text: string): Files =>
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`d${i % 3}/f${i}`, text]));
    await render({ ...files('old'), same: 's' });
    put('mine', 'm');
    let text = 'old';
    const seen = { aborted: 0, committed: 0 };
    // A busy machine needs more turns to come as far as the exchange.
    for (let turns = 0; turns < 60 || seen.committed === 0; turns++) {
      const tree = await OutputTree.begin(target);
      const next = `new ${turns}`;
      await Promise.all(Object.entries({ ...files(next), same: 's' }).map(([path, body]) => tree.write(path, body)));
      const commit = tree.commit().then(
        () => true,
        () => false,
      );
      for (let turn = 0; turn < turns; turn++) await (turn % 2 === 0 ? Promise.resolve() : new Promise(setImmediate));
      await tree.abort();
      const committed = await commit;
      seen[committed ? 'committed' : 'aborted']++;
      if (committed) text = next;
      expect(contents()).toEqual({ ...files(text), same: 's', mine: 'm' });
      expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
    }
    expect(seen.aborted).toBeGreaterThan(0);
    expect(seen.committed).toBeGreaterThan(0);
  });

  test('in the last moment before the exchange prevents it', async () => {
    const rename = nodeFs.renameSync;
    await render({ a: 'old' });
    for (let turns = 0; turns < 12; turns++) {
      const events: string[] = [];
      const tree = await OutputTree.begin(target);
      await tree.write('a', `new ${turns}`);
      let stopped: Promise<void> | undefined;
      // The mode of the folder is what is set last.
      jest.spyOn(fs, 'chmod').mockImplementation(() => {
        void (async () => {
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          events.push('abort');
          stopped = tree.abort();
        })();
        return Promise.resolve();
      });
      jest.spyOn(nodeFs, 'renameSync').mockImplementation((from, to) => {
        events.push('rename');
        rename(from, to);
      });
      await Promise.allSettled([tree.commit()]);
      await stopped;
      jest.restoreAllMocks();
      expect([['abort'], ['rename', 'rename', 'rename', 'abort']]).toContainEqual(events);
    }
  });

  test('after a commit does nothing', async () => {
    const tree = await OutputTree.begin(target);
    await tree.write('a', '1');
    await tree.commit();
    await tree.abort();
    expect(contents()).toEqual({ a: '1' });
    await expect(tree.commit()).rejects.toThrow('the output folder is committed already');
  });
});

describe('after a run that was killed', () => {
  test('its folder is removed', async () => {
    await render({ a: '1' });
    const id = deadId();
    put('a', 'half', sibling(id));
    put('a', 'gone', sibling(id, '-gone'));
    await render({ a: '1' });
    expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
  });

  test('between the renames, the old folder is put back by the next begin', async () => {
    await render({ a: '1' });
    put('mine', 'm');
    const id = deadId();
    await fs.rename(target, sibling(id, '-old'));
    put('a', 'new', sibling(id));
    await (await OutputTree.begin(target)).abort();
    expect(contents()).toEqual({ a: '1', mine: 'm' });
    expect(indexed()).toEqual({ version: 1, files: ['a'] });
    expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
  });

  test('between the renames, behind a link too', async () => {
    const real = join(root, 'real');
    put('a', '1', real);
    mkdirSync(join(root, 'dist'));
    symlinkSync(real, target);
    const id = deadId();
    mkdirSync(join(root, `.real.golden-${id}`));
    await fs.rename(real, join(root, `.real.golden-${id}-old`));
    await (await OutputTree.begin(target)).abort();
    expect(contents(real)).toEqual({ a: '1' });
  });

  test('after the renames, the old folder is removed', async () => {
    await render({ a: 'new' });
    put('a', 'old', sibling(deadId(), '-old'));
    await (await OutputTree.begin(target)).abort();
    expect(contents()).toEqual({ a: 'new' });
    expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
  });

  test.each([
    ['another process', () => deadId()],
    ['an earlier process of our id', () => process.pid],
  ])('an old folder of %s is not given up for one that somebody has made since', async (_, idOf) => {
    const id = idOf();
    put('mine', 'm', sibling(id, '-old'));
    put('a', 'new', sibling(id));
    put('theirs', 't');
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await problemsOf(render({ a: '1' }))).toMatchObject([{ code: 'output-left-aside' }]);
      expect(contents()).toEqual({ theirs: 't' });
      expect(contents(sibling(id, '-old'))).toEqual({ mine: 'm' });
    }
    await fs.rm(target, { recursive: true });
    mkdirSync(target);
    await (await OutputTree.begin(target)).abort();
    expect(contents()).toEqual({ mine: 'm' });
  });

  test('of our own process id, as in containers, its folder is removed too', async () => {
    put('a', 'half', sibling(process.pid));
    await render({ a: '1' });
    expect(contents()).toEqual({ a: '1' });
  });

  test('killed for real at each step of the exchange, the next begin finds the old folder or the new one', async () => {
    const outcomes: string[] = [];
    for (const step of [0, 1, 2, 3]) {
      await render({ a: 'old', b: 'same' });
      put('mine', 'm');
      const ended = spawnSync(
        process.execPath,
        ['--require', 'tsx/cjs', join(__dirname, 'killed-run.ts'), target, String(step)],
        {
          encoding: 'utf8',
        },
      );
      expect(ended).toMatchObject({ signal: 'SIGKILL', stderr: '' });
      await (await OutputTree.begin(target)).abort();
      expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
      outcomes.push(contents().a ?? 'nothing');
      expect(contents()).toMatchObject({ b: 'same', mine: 'm' });
    }
    expect(outcomes).toEqual(['old', 'old', 'new', 'new']);
  });

  test('a folder of a living process is respected', async () => {
    mkdirSync(sibling(process.ppid), { recursive: true });
    expect(await problemsOf(render({ a: '1' }))).toMatchObject([{ code: 'output-busy', got: sibling(process.ppid) }]);
    expect(readdirSync(join(root, 'dist'))).toEqual([`.prod.golden-${process.ppid}`]);
  });

  test('folders of other targets and with other names are left alone', async () => {
    const others = [
      '.prod.golden-x',
      '.prod.golden-',
      '.prod2.golden-1',
      '.test.golden-99999999',
      'prod.golden-99999999',
    ];
    for (const name of others) mkdirSync(join(root, 'dist', name), { recursive: true });
    await render({ a: '1' });
    expect(readdirSync(join(root, 'dist')).sort()).toEqual([...others, 'prod'].sort());
  });

  test('two trees for one folder in one process are refused', async () => {
    const begun = await Promise.allSettled([OutputTree.begin(target), OutputTree.begin(target)]);
    const trees = begun.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const reasons = begun.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    expect(trees).toHaveLength(1);
    expect(reasons).toMatchObject([{ problems: [{ code: 'output-busy' }] }]);
    await trees[0]!.write('a', '1');
    await trees[0]!.commit();
    expect(contents()).toEqual({ a: '1' });
  });
});

describe('when the disk refuses', () => {
  const refusal = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code, syscall: 'x' });

  test('a target that is a file', async () => {
    put('prod', 'file', join(root, 'dist'));
    expect(await problemsOf(render({ a: '1' }))).toMatchObject([
      { code: 'output-not-a-folder', kind: 'input', subject: target, message: 'the output folder is a file' },
    ]);
    expect(readFileSync(target, 'utf8')).toBe('file');
    expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
  });

  test('a parent that is a file', async () => {
    put('dist', 'file', root);
    expect(await problemsOf(render({ a: '1' }))).toMatchObject([{ code: 'output-not-a-folder' }]);
  });

  test('the root of the file system', async () => {
    expect(await problemsOf(OutputTree.begin('/'))).toMatchObject([{ code: 'output-not-a-folder' }]);
  });

  test('a parent that may not be written to', async () => {
    mkdirSync(join(root, 'dist'));
    jest.spyOn(fs, 'mkdir').mockRejectedValue(refusal('EACCES'));
    expect(await problemsOf(render({ a: '1' }))).toMatchObject([
      { code: 'output-not-writable', got: 'EACCES: refused' },
    ]);
    jest.restoreAllMocks();
    expect(await render({ a: '1' })).toMatchObject({ written: 1 });
  });

  test('a full disk while writing', async () => {
    await render({ a: '1' });
    const write = nodeFs.writeFileSync;
    jest.spyOn(nodeFs, 'writeFileSync').mockImplementation((file, ...rest) => {
      if (typeof file === 'string' && file.endsWith('f7')) throw refusal('ENOSPC');
      write(file, ...rest);
    });
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, 'x']));
    expect(await problemsOf(render(files))).toMatchObject([{ code: 'output-disk-full', subject: target }]);
    expect(contents()).toEqual({ a: '1' });
    expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
  });

  test('a failed write that the caller does not look at fails the commit', async () => {
    const tree = await OutputTree.begin(target);
    jest.spyOn(nodeFs, 'writeFileSync').mockImplementationOnce(() => {
      throw refusal('EIO');
    });
    await Promise.allSettled([tree.write('a', '1')]);
    await tree.write('b', '2');
    expect(await problemsOf(tree.commit())).toMatchObject([{ code: 'output-failed', got: 'EIO: refused' }]);
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  test('a file that vanishes between comparison and commit', async () => {
    await render({ a: '1', b: '1' });
    const tree = await OutputTree.begin(target);
    await tree.write('a', '1');
    await tree.write('b', '2');
    await fs.rm(join(target, 'a'));
    expect(await problemsOf(tree.commit())).toMatchObject([{ code: 'output-changed', path: 'a' }]);
    expect(contents()).toEqual({ b: '1' });
  });
});
