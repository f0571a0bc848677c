import { keyStep, locate, parseSteps, pointer } from '../../../lib/policy/path';

const object = {
  metadata: { annotations: { 'example.com/owner': 'team', 'a~b': 'tilde' } },
  spec: {
    containers: [
      { name: 'web', ports: [{ containerPort: 80 }] },
      { name: 'a.b/c', securityContext: { capabilities: { drop: ['NET_RAW', 'ALL'] } } },
    ],
  },
};

describe('a name-keyed path', () => {
  test('is made of keys and of members picked by a field, or by themselves', () => {
    expect(parseSteps('spec/containers[name=web]/ports[containerPort=80]')).toEqual([
      { key: 'spec' },
      { key: 'containers' },
      { field: 'name', value: 'web' },
      { key: 'ports' },
      { field: 'containerPort', value: '80' },
    ]);
    expect(parseSteps('drop[=ALL]')).toEqual([{ key: 'drop' }, { field: '', value: 'ALL' }]);
    expect(parseSteps('')).toEqual([]);
  });

  test('keys with slashes and tildes are escaped', () => {
    for (const key of ['example.com/owner', 'a~b', '~1', '~0/', 'plain']) {
      expect(parseSteps(`metadata/annotations/${keyStep(key)}`).at(-1)).toEqual({ key });
    }
  });

  test('names may have dots and slashes', () => {
    expect(parseSteps('containers[name=a.b/c]/image')).toEqual([
      { key: 'containers' },
      { field: 'name', value: 'a.b/c' },
      { key: 'image' },
    ]);
  });
});

describe('locate', () => {
  test.each([
    ['spec/containers[name=web]/ports[containerPort=80]', ['spec', 'containers', 0, 'ports', 0]],
    ['spec/containers[name=a.b/c]/securityContext', ['spec', 'containers', 1, 'securityContext']],
    [
      'spec/containers[name=a.b/c]/securityContext/capabilities/drop[=ALL]',
      ['spec', 'containers', 1, 'securityContext', 'capabilities', 'drop', 1],
    ],
    ['metadata/annotations/example.com~1owner', ['metadata', 'annotations', 'example.com/owner']],
    ['metadata/annotations/a~0b', ['metadata', 'annotations', 'a~b']],
    ['spec/containers/1/name', ['spec', 'containers', 1, 'name']],
    ['', []],
  ])('%s is there', (path, steps) => {
    expect(locate(object, path)).toEqual({ steps, whole: true });
  });

  test.each([
    ['spec/containers[name=web]/livenessProbe/httpGet', ['spec', 'containers', 0]],
    ['spec/containers[name=other]/image', ['spec', 'containers']],
    ['spec/containers/2', ['spec', 'containers']],
    ['spec/constructor', ['spec']],
    ['metadata/annotations[name=web]', ['metadata', 'annotations']],
    ['status', []],
  ])('%s is there in part', (path, steps) => {
    expect(locate(object, path)).toEqual({ steps, whole: false });
  });
});

describe('pointer', () => {
  test.each([
    ['spec/containers[name=web]/livenessProbe', '/spec/containers/0/livenessProbe'],
    ['spec/containers[name=new]', '/spec/containers/-'],
    ['metadata/annotations/example.com~1owner', '/metadata/annotations/example.com~1owner'],
    ['metadata/annotations/a~0b', '/metadata/annotations/a~0b'],
    ['metadata/labels/new~1label', '/metadata/labels/new~1label'],
    ['', ''],
  ])('%s is %s', (path, expected) => {
    expect(pointer(object, path)).toBe(expected);
  });
});
