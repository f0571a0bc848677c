import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A user of the API server, known by a token that is made for one run and dies with it. */
export interface User {
  readonly name: string;
  readonly token: string;
  readonly groups: readonly string[];
}

export interface Users {
  readonly admin: User;
  readonly controllerManager: User;
  readonly scheduler: User;
}

export function makeUsers(): Users {
  const user = (name: string, ...groups: string[]): User => ({ name, token: randomBytes(24).toString('hex'), groups });
  return {
    admin: user('testbed-admin', 'system:masters'),
    controllerManager: user('system:kube-controller-manager'),
    scheduler: user('system:kube-scheduler'),
  };
}

/** The static token file of the API server: token, user, uid, groups. */
export function writeTokens(path: string, users: Users): void {
  const line = (user: User): string => `${user.token},${user.name},${user.name},"${user.groups.join(',')}"`;
  writeFileSync(path, `${Object.values(users).map(line).join('\n')}\n`, { mode: 0o600 });
}

/** The key pair that service account tokens are signed with. */
export function writeSigningKey(folder: string): { privateKey: string; publicKey: string } {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const privateKey = join(folder, 'service-accounts.key');
  const publicKey = join(folder, 'service-accounts.pub');
  writeFileSync(privateKey, pair.privateKey, { mode: 0o600 });
  writeFileSync(publicKey, pair.publicKey);
  return { privateKey, publicKey };
}

/** A kubeconfig with everything inside it; JSON, which is YAML too. */
export function writeKubeconfig(path: string, server: string, authorityFile: string, user: User): void {
  const authority = readFileSync(authorityFile).toString('base64');
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'testbed',
    clusters: [{ name: 'testbed', cluster: { server, 'certificate-authority-data': authority } }],
    users: [{ name: user.name, user: { token: user.token } }],
    contexts: [{ name: 'testbed', context: { cluster: 'testbed', user: user.name, namespace: 'default' } }],
  };
  writeFileSync(path, `${JSON.stringify(kubeconfig, null, 2)}\n`, { mode: 0o600 });
}
