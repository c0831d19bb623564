import { pathToFileURL } from 'node:url';
import { types } from 'node:util';

/** Endings of the modules that can be loaded. */
export const MODULE_ENDINGS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'] as const;

/** What Node loads itself; the others have types to be stripped, which Node 20 does not know. */
const NATIVE: readonly string[] = ['.js', '.mjs', '.cjs'];

/**
 * The default export, or `module.exports`, of the module at an absolute path; undefined where it has
 * none; a Promise of it is waited for. Rejects with what the module throws.
 */
export async function loadDefault(path: string): Promise<unknown> {
  const module: unknown = NATIVE.some((ending) => path.endsWith(ending))
    ? await import(pathToFileURL(path).href)
    : await loadTyped(path);
  if (!isObject(module)) return module;
  if ('default' in module) return inner(module.default);
  return types.isModuleNamespaceObject(module) || '__esModule' in module ? undefined : module;
}

async function loadTyped(path: string): Promise<unknown> {
  const { createJiti } = await import('jiti'); // takes a moment that others need not wait for
  return createJiti(path, {
    fsCache: false, // who only looks leaves nothing behind
    interopDefault: false,
    tsconfigPaths: true, // of the nearest tsconfig.json above the file, where there is one
  }).import(path);
}

/** A CommonJS module made from an ES module has its default one level below. */
const inner = (module: unknown): unknown =>
  isObject(module) && 'default' in module ? module.default : module;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
