import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../support/laptops/engine.ts';
import { copiedFromTree, dockerfile, playImage } from '../support/image.ts';

it('the image copies what is in the tree, and what is kept from the build is not needed', () => {
  const passed = readFileSync(path.join(ROOT, '.dockerignore'), 'utf8').split('\n');
  for (const each of copiedFromTree()) {
    expect(existsSync(path.join(ROOT, each)), each).toBe(true);
    expect(passed).toContain(`!${each.split('/')[0]}`);
  }
});

it('the image runs as an ordinary user, on the Node that the tests run on', () => {
  const instructions = dockerfile();
  const user = instructions.findIndex(({ name }) => name === 'USER');
  expect(instructions[user]!.rest).toBe('node');
  expect(instructions.slice(user).some(({ name }) => name === 'RUN' || name === 'COPY')).toBe(false);
  const { devDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { devDependencies: { node: string } };
  for (const { name, rest } of instructions) if (name === 'FROM') expect(rest).toContain(`node:${devDependencies.node.split('.')[0]}-`);
});

it('what the image builds starts, is healthy, and ends when told to', async () => {
  expect(await playImage({ install: false })).toEqual({ said: 'listening on http://127.0.0.1:PORT', healthy: 0, ended: 0 });
});

interface Service {
  readonly build?: string;
  readonly image?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
}

const composeFiles = readdirSync(ROOT).filter((name) => /^compose.*\.yml$/.test(name));

describe.each(composeFiles)('%s', (name) => {
  const text = readFileSync(path.join(ROOT, name), 'utf8');
  const composed = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: Record<string, unknown> };
  const services = Object.entries(composed.services);

  it('names what is there: folders, files, volumes, services', () => {
    for (const [, { build, image, volumes = [], depends_on = [] }] of services) {
      expect(build ?? image).toBeDefined();
      if (build !== undefined) expect(existsSync(path.join(ROOT, build, 'Dockerfile'))).toBe(true);
      for (const volume of volumes) {
        const [source] = volume.split(':') as [string];
        if (source.startsWith('.')) expect(existsSync(path.join(ROOT, source)), source).toBe(true);
        else expect(Object.keys(composed.volumes)).toContain(source);
      }
      for (const other of Array.isArray(depends_on) ? depends_on : Object.keys(depends_on))
        expect(Object.keys(composed.services)).toContain(other);
    }
  });

  it('opens nothing to the network but the proxy', () => {
    expect(services.filter(([, { ports }]) => ports).map(([service]) => service)).toEqual(['proxy']);
    const [, proxy] = services.find(([service]) => service === 'proxy')!;
    const config = readFileSync(path.join(ROOT, proxy.volumes!.find((each) => each.startsWith('./'))!.split(':')[0]!), 'utf8');
    const behind = [...config.matchAll(/([a-z][a-z0-9-]*):8090/g)].map(([, service]) => service);
    expect(behind.length).toBeGreaterThan(0);
    expect(behind).toEqual(services.filter(([, { image }]) => image === 'itinera-repository').map(([service]) => service));
  });

  it('holds no secret: what is secret comes from the settings, and each has its line in the example', () => {
    const example = readFileSync(path.join(ROOT, 'repository.env.example'), 'utf8');
    const used = [...text.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, variable]) => variable!);
    for (const variable of used) expect(example).toMatch(new RegExp(`^${variable}=`, 'm'));
    for (const [, { environment = {} }] of services) {
      for (const [key, value] of Object.entries(environment)) {
        if (/PASSWORD|SECRET|ACCESS_KEY/.test(key)) expect(value, key).toMatch(/^\$\{[A-Z0-9_]+:\?/);
      }
    }
    expect(readFileSync(path.join(ROOT, '.gitignore'), 'utf8').split('\n')).toContain('repository.env');
  });
});
