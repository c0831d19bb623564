import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What measurements depend on besides the code. */
export interface Environment {
  readonly node: string;
  readonly v8: string;
  /** The model's name as the system gives it; "unknown" where it gives none. */
  readonly cpu: string;
  /** Cores this process may use. */
  readonly cores: number;
  /** `linux 6.1.0 x64`. */
  readonly os: string;
  /** This package's version. */
  readonly version: string;
  /** Installed versions of the packages it depends on; null where one is not installed. */
  readonly packages: Readonly<Record<string, string | null>>;
}

/** Reads the machine, the process and this package's manifest. */
export function environment(): Environment {
  const home = packageHome();
  const { version, dependencies = {} } = manifest(home)!;
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    cpu: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    os: `${process.platform} ${release()} ${process.arch}`,
    version,
    packages: Object.fromEntries(
      Object.keys(dependencies).map((name) => [name, installedVersion(home, name)]),
    ),
  };
}

/** The environment as fields of a report's header, with the versions of the packages named. */
export function environmentFields(
  { node, v8, cpu, cores, os, version, packages }: Environment,
  names: readonly string[] = Object.keys(packages),
): { readonly name: string; readonly value: string }[] {
  return [
    { name: 'backproof', value: version },
    { name: 'Node', value: `${node} (V8 ${v8})` },
    { name: 'CPU', value: `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}` },
    { name: 'OS', value: os },
    ...names.map((name) => ({ name, value: packages[name] ?? 'not installed' })),
  ];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function manifest(folder: string): Manifest | null {
  try {
    // A package.json that npm installed or that this package ships: name and version are there.
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return null;
  }
}

/** The folder of our own package.json: sources and compiled files lie at different depths below it. */
export function packageHome(folder: string = dirname(fileURLToPath(import.meta.url))): string {
  if (manifest(folder)?.name === 'backproof') return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('environment: no package.json of backproof above this file');
  return packageHome(parent);
}

/** A dependency's version, found as Node finds packages: in the nearest node_modules above. */
function installedVersion(folder: string, name: string): string | null {
  const found = manifest(join(folder, 'node_modules', name));
  if (found) return found.version;
  const parent = dirname(folder);
  return parent === folder ? null : installedVersion(parent, name);
}
